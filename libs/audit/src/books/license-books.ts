import { v5 as uuidV5 } from 'uuid';
import type { RecordedEvent } from '#event-store';
import type { Catalogue, LicenseEvent } from '#license';
import { checkCredit, moveCredit, type Account, type Check } from './account.js';
import type { Closings } from './closings.js';
import { CreditRows } from './credit-rows.js';
import { momentAfterDue, pastDueAfterDays, takeExtension, takeInvoice, takePayment } from './invoices.js';
import { JournalRows } from './journal-rows.js';
import { nextDueAt, nextInvoiceRows } from './next-rows.js';
import { priceAt, type PlanHistory, type Price } from './prices.js';
import { PropagationRows } from './propagation-rows.js';
import type { LicenseRows, LicenseTable, Row } from './rows.js';
import { SeatUseRows, unusedSeatsRows } from './seat-use-rows.js';
import { takeSeats } from './seats.js';
import { takeErasure, takeReport, takeStaff } from './staff.js';
import { takeCancellation, takeMissed, takePlan, takePlanChange, takeReactivation } from './standing.js';

/**
 * The books of one license, kept from its events alone: every figure of every event is computed a second time, and the
 * rows that the events come to are written down, by code that the ledger itself does not use.
 */
export class LicenseBooks {
  #account: Account | null = null;
  #newest: RecordedEvent | null = null;
  readonly #invoices = new Map<string, Record<string, unknown>>();
  readonly #payments: Row[] = [];
  readonly #credits = new CreditRows();
  readonly #propagations = new PropagationRows();
  readonly #seatUse = new SeatUseRows();
  readonly #journal: JournalRows;

  constructor(
    private readonly plans: PlanHistory,
    closings: Closings,
  ) {
    this.#journal = new JournalRows(closings);
  }

  get account(): Account | null {
    return this.#account;
  }

  /** Of the newest event; -1 before the first. */
  get revision(): number {
    return this.#newest === null ? -1 : Number(this.#newest.revision);
  }

  /** The event that a row comes from: the one that it names, or the newest of the license. */
  eventOf({ event_id: id, revision }: Row): { id: string; stream: string; revision: number } | null {
    if (this.#newest === null) return null;
    const { stream } = this.#newest;
    if (typeof id === 'string' && typeof revision === 'number') return { id, stream, revision };
    return { id: this.#newest.id, stream, revision: this.revision };
  }

  /** Number and hash of the newest credit entry. */
  get creditHead(): { readonly ordinal: number; readonly hash: string } | null {
    const { hash, rows } = this.#credits;
    return hash === null ? null : { ordinal: rows.length, hash };
  }

  /** @throws Error for an event that can not be understood, or before the registration */
  take(event: LicenseEvent, recorded: RecordedEvent, check: Check): void {
    this.#newest = recorded;
    if (event.type === 'LicenseRegistered') return this.#register(event, check);
    const account = this.#account;
    if (account === null) throw new Error('the stream does not begin with its registration');
    const { state } = account;
    check('effectiveAt goes back', false, event.data.effectiveAt < state.effectiveAt);
    this.#move(account, event, recorded, check);
    this.#propagations.open(state.licenseId, event, this.revision);
    this.#journal.add(state.licenseId, event, recorded, check);
    state.effectiveAt = event.data.effectiveAt;
  }

  takeOutcome(recorded: RecordedEvent, check: Check): void {
    this.#propagations.take(recorded, check);
  }

  /** The rows that the events come to. Null for the next invoice where nothing can be said of it. */
  rows(catalogue: Catalogue): LicenseRows | null {
    const { state } = this.#account ?? {};
    if (state === undefined) return null;
    const { licenseId: license_id, planId: plan_id, plannedChange, cancellation, standing } = state;
    const license = {
      ...{ license_id, domain: state.domain, billing_email: state.billingEmail.toLowerCase(), plan_id },
      status: cancellation ? 'cancelled' : standing,
      planned_plan_id: plannedChange?.planId ?? null,
      next_due_at: nextDueAt(state),
      revision: this.revision,
      personal_data_key: state.personalDataKey,
      state: { ...state, staff: {} },
      credit_hash: this.#credits.hash,
    };
    return {
      licenses: [license],
      staff: Object.entries(state.staff).map(([staff_id, member]) => ({ license_id, staff_id, ...member })),
      next_invoices: nextInvoiceRows(state, catalogue) ?? [],
      invoices: [...this.#invoices.values()],
      payments: this.#payments,
      credit_entries: this.#credits.rows,
      open_grants: this.#credits.openGrants(state),
      unused_seats: unusedSeatsRows(state),
      charged_cycles: this.#seatUse.rows,
      journal_entries: this.#journal.rows,
      propagations: this.#propagations.rows,
    } satisfies Record<LicenseTable, readonly Row[]>;
  }

  #register({ data }: LicenseEvent<'LicenseRegistered'>, check: Check): void {
    check('the registration comes first', null, this.#account && 'a second one');
    check('domain', data.domain.toLowerCase(), data.domain);
    check('licenseId', uuidV5(data.domain.toLowerCase(), uuidV5.DNS), data.licenseId);
    const state = {
      ...data,
      ...{ address: null, paymentMethodToken: null, plannedChange: null, paid: null, cancellation: null },
      ...{ standing: 'active' as const, staff: {}, activeStaff: 0, reported: null, creditBalanceMinor: 0 },
      ...{ personalDataKey: 1, personalDataErasedAt: null },
      ...{ grants: [], openInvoices: [], invoices: 0, creditEntries: 0, changes: 0 },
    };
    this.#account = { state, grossMinor: 0, isBack: false };
  }

  #move(
    account: Account,
    event: Exclude<LicenseEvent, LicenseEvent<'LicenseRegistered'>>,
    recorded: RecordedEvent,
    check: Check,
  ): void {
    const { state } = account;
    switch (event.type) {
      case 'SeatsIncreased':
      case 'SeatsReduced':
        takeSeats(account, event, check);
        this.#seatUse.move(event);
        return this.#credits.add(state, event, recorded);
      case 'InvoiceIssued':
        takeInvoice(account, event, this.#prices(account, event, recorded), check);
        this.#issue(account, event, recorded);
        this.#seatUse.charge(state.licenseId, event);
        return this.#credits.add(state, event, recorded);
      case 'CreditGranted':
        return this.#grant(account, event, recorded, check);
      case 'InvoicePaid':
        takePayment(account, event, check);
        return this.#pay(account, event, recorded);
      case 'LicenseExtended': {
        takeExtension(account, event, check);
        const { invoiceNumber, dueOnTo: due_on, effectiveAt: extended_at } = event.data;
        const past_due_at = momentAfterDue(due_on, pastDueAfterDays, state.timeZone);
        const moved = { due_on, past_due_at, extended_at, extended_recorded_at: recorded.recordedAt.toISOString() };
        return void Object.assign(this.#invoices.get(invoiceNumber) ?? {}, moved);
      }
      case 'StaffAdded':
      case 'StaffDisabled':
      case 'StaffEnabled':
      case 'StaffRemoved':
        return takeStaff(account, event, check);
      case 'PersonalDataErased':
        return takeErasure(account, event, check);
      case 'StaffCountReported':
        return takeReport(account, event, check);
      case 'BillingDetailsChanged': {
        const { billingEmail, address, paymentMethodToken } = event.data;
        return void Object.assign(state, { billingEmail, address, paymentMethodToken });
      }
      case 'PlanChangeScheduled':
        return takePlan(account, event, check);
      case 'PlanChanged':
        return takePlanChange(account, event, check);
      case 'LicensePastDue':
      case 'LicenseExpired':
        return takeMissed(account, event, check);
      case 'LicenseReactivated':
        return takeReactivation(account, event, check);
      case 'LicenseCancelled':
        return takeCancellation(account, event, check);
    }
  }

  #prices(
    { state }: Account,
    { data }: LicenseEvent<'InvoiceIssued'>,
    { position, recordedAt }: RecordedEvent,
  ): Price[] {
    const vantage = { position, recordedAtMs: recordedAt.getTime() };
    return this.plans
      .seenFrom(vantage)
      .flatMap((catalogue) => priceAt(catalogue, state.planId, state, data.effectiveAt) ?? []);
  }

  #grant(account: Account, event: LicenseEvent<'CreditGranted'>, recorded: RecordedEvent, check: Check): void {
    const { state } = account;
    const { data } = event;
    check('currency', state.currency, data.currency);
    check('credit is more than nothing', true, data.credit.amountMinor > 0);
    checkCredit(state, data.credit.amountMinor, data, check);
    moveCredit(account, data.credit, 'goodwill', []);
    this.#credits.add(state, event, recorded);
  }

  #issue(
    { state }: Account,
    { data }: LicenseEvent<'InvoiceIssued'>,
    { id: event_id, recordedAt }: RecordedEvent,
  ): void {
    const { invoiceNumber: invoice_number, issuedOn: issued_on, dueOn: due_on, totalMinor: total_minor } = data;
    const { licenseId: license_id, domain, timeZone: time_zone } = state;
    const past_due_at = momentAfterDue(due_on, pastDueAfterDays, time_zone);
    const recorded_at = recordedAt.toISOString();
    this.#invoices.set(invoice_number, {
      ...{ invoice_number, license_id, domain, time_zone, issued_on, issued_at: data.effectiveAt },
      ...{ due_on, past_due_at, first_past_due_at: past_due_at, extended_at: null, extended_recorded_at: null },
      currency: data.currency,
      ...{ total_minor, open_minor: total_minor, issued: data, event_id },
      ...settledWith(total_minor, data.effectiveAt, recorded_at),
      revision: this.revision,
      recorded_at,
    });
  }

  #pay({ state }: Account, { data }: LicenseEvent<'InvoicePaid'>, { id: event_id, recordedAt }: RecordedEvent): void {
    const { invoiceNumber: invoice_number, amountMinor: amount_minor, method, reference, openMinor: open_minor } = data;
    this.#payments.push({
      ...{ license_id: state.licenseId, revision: this.revision, invoice_number, amount_minor, method, reference },
      ...{ event_id, effective_at: data.effectiveAt, recorded_at: recordedAt.toISOString() },
    });
    const settlement = settledWith(open_minor, data.effectiveAt, recordedAt.toISOString());
    Object.assign(this.#invoices.get(invoice_number) ?? {}, { open_minor, ...settlement });
  }
}

/** When an invoice was settled by the event that left so much of it open. */
function settledWith(openMinor: number, effectiveAt: string, recordedAt: string) {
  const isSettled = openMinor === 0;
  return { settled_at: isSettled ? effectiveAt : null, settled_recorded_at: isSettled ? recordedAt : null };
}
