import { sql, type RawBuilder } from 'kysely';
import type { LocalDate } from '#calendar';
import { limits } from '#license';
import type { Moment } from '../as-of/moment.js';
import type { ReadModel } from '../read-model.js';
import type { InvoicesTable } from './invoices.table.js';

/** From one date to another, both included; without an end where there is none. */
export interface DueDates {
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
}

/**
 * The invoices that there were at a moment, each with what was open on it and when it was due by then: the table to
 * read in the place of `invoices`, whose other columns never change. What was settled by then needs no payment read.
 *
 * @param due those that were not due within these dates may be left out: to compute for all when they were due, for the
 *   few that are wanted, takes long
 */
export function invoicesAsOf(readModel: ReadModel, moment: Moment, due: DueDates): RawBuilder<InvoicesTable> {
  const invoices = readModel.table('invoices');
  const payments = readModel.table('payments');
  const isExtended = past(moment, 'extended_at', 'extended_recorded_at');
  const isSettled = past(moment, 'settled_at', 'settled_recorded_at');
  return sql<InvoicesTable>`(
    SELECT invoice_number, license_id, domain, time_zone, issued_on, issued_at, currency, total_minor, issued, event_id,
      revision, recorded_at, first_past_due_at, extended_at, extended_recorded_at, settled_at, settled_recorded_at,
      CASE WHEN ${isExtended} THEN due_on ELSE (issued ->> 'dueOn')::date END AS due_on,
      CASE WHEN ${isExtended} THEN past_due_at ELSE first_past_due_at END AS past_due_at,
      CASE WHEN ${isSettled} THEN 0 ELSE total_minor - (
        SELECT coalesce(sum(payment.amount_minor), 0)::bigint FROM ${payments} AS payment
        WHERE payment.invoice_number = invoice.invoice_number
          AND ${past(moment, 'payment.effective_at', 'payment.recorded_at')}
      ) END AS open_minor
    FROM ${invoices} AS invoice
    WHERE ${past(moment, 'issued_at', 'invoice.recorded_at')} AND ${mayBeDue(due)}
  )`;
}

/** A due date moves once, later, and by a bounded number of days: the present one is not far from the one of then. */
function mayBeDue({ from, to }: DueDates): RawBuilder<boolean> {
  const notBefore = from === undefined ? sql`true` : sql`invoice.due_on >= ${from}`;
  const notAfter =
    to === undefined ? sql`true` : sql`invoice.due_on <= ${to}::date + ${limits.extensionDaysMax}::integer`;
  return sql<boolean>`(${notBefore} AND ${notAfter})`;
}

/** The condition that what took effect and was recorded at the times in these columns counts at the moment. */
function past({ asOf, knownAt }: Moment, effectiveAt: string, recordedAt: string): RawBuilder<boolean> {
  const known = knownAt === null ? sql`` : sql` AND ${sql.ref(recordedAt)} <= ${knownAt}`;
  return sql<boolean>`(${sql.ref(effectiveAt)} <= ${asOf}${known})`;
}
