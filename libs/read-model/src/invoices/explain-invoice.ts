import type { EventReference, ExplainedCredit, ExplainedLine, InvoiceExplanation } from '#contracts';
import { describeLine, licenseStream, type InvoiceLine } from '#license';
import { formatMinor, money } from '#money';
import type { CreditEntriesTable } from '../credit-ledger/credit-ledger.table.js';
import type { InvoicesTable, PaymentsTable } from './invoices.table.js';

const rounding = 'half up to a whole minor unit';

/**
 * Why an invoice is what it is: what each line was computed from, which grants of credit paid for it and how those
 * came about, and what was paid; each with its event. It repeats what was recorded and computes nothing anew.
 */
export function explainInvoice(
  invoice: InvoicesTable,
  grants: readonly CreditEntriesTable[],
  payments: readonly PaymentsTable[],
): InvoiceExplanation {
  const { issued, currency } = invoice;
  const byId = new Map(grants.map((grant) => [grant.entry_id, grant]));
  return {
    issued: { ...eventOf(invoice), effectiveAt: issued.effectiveAt, recordedAt: invoice.recorded_at },
    lines: issued.lines.map((line) => explainLine(line, invoice)),
    appliedBy: issued.credit?.entryNumber ?? null,
    credits: issued.grantsUsed.map(({ entryNumber, amountMinor }) => {
      const grant = byId.get(entryNumber);
      // Rows of one license are written together: a grant that an invoice used is there with it.
      if (grant === undefined) throw new Error(`${invoice.invoice_number} used ${entryNumber}, which is not there`);
      return explainCredit(grant, amountMinor);
    }),
    payments: payments.map((payment) => ({
      amount: money(payment.amount_minor, currency),
      method: payment.method,
      reference: payment.reference,
      effectiveAt: payment.effective_at,
      event: eventOf(payment),
    })),
  };
}

function explainLine(line: InvoiceLine, invoice: InvoicesTable): ExplainedLine {
  const { quantity, billedDays, unitPriceMinor } = line;
  const { currency, issued } = invoice;
  const { days } = issued.cycle;
  return {
    ...describeLine(line, currency),
    billedDays,
    cycleDays: days,
    formula: `${formatMinor(unitPriceMinor, currency)} × ${quantity} seats × ${billedDays} / ${days} days`,
    rounding,
    event: eventOf(invoice),
  };
}

function explainCredit(grant: CreditEntriesTable, usedMinor: number): ExplainedCredit {
  const { currency, computation } = grant;
  return {
    entryId: grant.entry_id,
    kind: grant.kind,
    used: money(usedMinor, currency),
    granted: money(grant.amount_minor, currency),
    effectiveAt: grant.effective_at,
    changeId: grant.change_id,
    reason: grant.reason,
    computation,
    formula: computation && creditFormula(computation, currency),
    rounding: computation && rounding,
    event: eventOf(grant),
  };
}

function creditFormula(
  { unitPrice, seatDaysAfter, seatDaysBefore, cycleDays }: NonNullable<CreditEntriesTable['computation']>,
  currency: string,
): string {
  const part = (seatDays: number): string =>
    `${formatMinor(unitPrice.amount, currency)} × ${seatDays} seat-days / ${cycleDays} days`;
  return seatDaysBefore === 0 ? part(seatDaysAfter) : `${part(seatDaysAfter)} − ${part(seatDaysBefore)}`;
}

function eventOf(row: Pick<InvoicesTable, 'event_id' | 'license_id' | 'revision'>): EventReference {
  return { id: row.event_id, stream: licenseStream(row.license_id), revision: row.revision };
}
