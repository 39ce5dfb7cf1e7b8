import { addDays } from '#calendar';
import { formatMinor } from '#money';
import type { LicenseCommand } from '../commands.js';
import type { Draft } from '../draft.js';
import { parseInvoiceNumber } from '../identity.js';
import { limits } from '../limits.js';
import { invalid, type Refusal } from '../refusal.js';
import { oldestOpenInvoice, reactivate, standingAt } from '../roll-forward.js';
import type { LicenseState } from '../state.js';

export function changeBillingDetails(
  command: LicenseCommand<'ChangeBillingDetails'>,
  draft: Draft,
): Refusal | undefined {
  const { state, now: effectiveAt } = draft;
  const billingEmail = command.billingEmail ?? state.billingEmail;
  const address = command.address ?? state.address;
  const paymentMethodToken = command.paymentMethodToken ?? state.paymentMethodToken;
  const same =
    billingEmail === state.billingEmail && address === state.address && paymentMethodToken === state.paymentMethodToken;
  if (same) return undefined;
  draft.emit({ type: 'BillingDetailsChanged', data: { effectiveAt, billingEmail, address, paymentMethodToken } });
  return undefined;
}

/** Records a payment. The one that settles the last overdue invoice makes the license active again. */
export function recordPayment(command: LicenseCommand<'RecordPayment'>, draft: Draft): Refusal | undefined {
  const { state, now: effectiveAt } = draft;
  const { invoiceNumber, amountMinor, currency, method, reference } = command;
  if (!wasIssued(state, invoiceNumber)) {
    return { code: 'not-found', detail: `The license has no invoice ${invoiceNumber}.` };
  }
  const refusal = checkAmount(command, state);
  if (refusal) return refusal;
  const openMinor = openMinorOf(state, invoiceNumber);
  if (amountMinor > openMinor) {
    return {
      code: 'overpayment',
      detail: `${formatMinor(amountMinor, currency)} ${currency} is more than the ${formatMinor(openMinor, currency)} ${currency} that is open on ${invoiceNumber}.`,
      open: { amount: openMinor, currency },
    };
  }
  draft.emit({
    type: 'InvoicePaid',
    data: { effectiveAt, invoiceNumber, amountMinor, currency, method, reference, openMinor: openMinor - amountMinor },
  });
  const overdue = draft.state.openInvoices.some((invoice) => invoice.dueOn < draft.today);
  if (state.standing !== 'active' && !overdue) reactivate(draft, 'active');
  return undefined;
}

/** Grants a goodwill credit, which the next invoices use. */
export function grantCredit(command: LicenseCommand<'GrantCredit'>, draft: Draft): Refusal | undefined {
  const { amountMinor, currency, reason } = command;
  const refusal = checkAmount(command, draft.state);
  if (refusal) return refusal;
  const credit = draft.creditMovement(amountMinor);
  if (credit !== null) {
    draft.emit({ type: 'CreditGranted', data: { effectiveAt: draft.now, currency, reason, credit } });
  }
  return undefined;
}

/** Moves the due date of an unpaid invoice, once, and with it the moments at which the license is past due and expired. */
export function extendDueDate(command: LicenseCommand<'ExtendDueDate'>, draft: Draft): Refusal | undefined {
  const { state } = draft;
  const { days, reason, invoiceNumber } = command;
  if (!Number.isSafeInteger(days) || days < 1 || days > limits.extensionDaysMax) {
    return invalid('days', `must be a whole number from 1 to ${limits.extensionDaysMax}`);
  }
  const invoice =
    invoiceNumber === undefined
      ? oldestOpenInvoice(state)
      : state.openInvoices.find((open) => open.invoiceNumber === invoiceNumber);
  if (!invoice) {
    const which = invoiceNumber === undefined ? 'The license has no unpaid invoice' : `${invoiceNumber} is not unpaid`;
    return { code: 'no-open-invoice', detail: `${which}: there is nothing to extend.` };
  }
  if (invoice.extended) {
    return {
      code: 'invoice-already-extended',
      detail: `${invoice.invoiceNumber} was extended to ${invoice.dueOn} already; an invoice is extended once.`,
    };
  }
  draft.emit({
    type: 'LicenseExtended',
    data: {
      effectiveAt: draft.now,
      invoiceNumber: invoice.invoiceNumber,
      days,
      reason,
      dueOnFrom: invoice.dueOn,
      dueOnTo: addDays(invoice.dueOn, days),
    },
  });
  const to = standingAt(draft.state, draft.now);
  if (to !== state.standing) reactivate(draft, to);
  return undefined;
}

function checkAmount(
  { amountMinor, currency }: { amountMinor: number; currency: string },
  state: LicenseState,
): Refusal | undefined {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > limits.amountMinorMax) {
    return invalid('amount.amount', `must be a whole number of minor units from 1 to ${limits.amountMinorMax}`);
  }
  if (currency !== state.currency) {
    return invalid('amount.currency', `the license is billed in ${state.currency}, not in ${currency}`);
  }
  return undefined;
}

function wasIssued(state: LicenseState, invoiceNumber: string): boolean {
  const parsed = parseInvoiceNumber(invoiceNumber);
  return parsed !== null && parsed.domain === state.domain && parsed.ordinal >= 1 && parsed.ordinal <= state.invoices;
}

function openMinorOf(state: LicenseState, invoiceNumber: string): number {
  return state.openInvoices.find((invoice) => invoice.invoiceNumber === invoiceNumber)?.openMinor ?? 0;
}
