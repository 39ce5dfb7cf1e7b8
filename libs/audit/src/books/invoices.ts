import type { LicenseEvent, LicenseEventData, LicenseState, OpenInvoice } from '#license';
import { proratedMinor } from '../arithmetic.js';
import { cycleNumber, dateIn, dayBegins, daysFrom, daysLater } from '../dates.js';
import { checkCredit, moveCredit, nextInvoiceNumber, taken, type Account, type Check } from './account.js';
import type { Price } from './prices.js';

/** From the issue of an invoice to the day on which it is due, and from there to the end of the entitlement. */
const graceDays = 7;
export const pastDueAfterDays = 1;
export const expiredAfterDays = 8;
export const extensionDaysMax = 15;

/** @param prices what the plan may have cost at that moment, by what the catalogue told the one who decided */
export function takeInvoice(
  account: Account,
  { data }: LicenseEvent<'InvoiceIssued'>,
  prices: readonly Price[],
  check: Check,
): void {
  const { state } = account;
  check('invoiceNumber', nextInvoiceNumber(state), data.invoiceNumber);
  const issuedOn = dateIn(data.effectiveAt, state.timeZone);
  check('issuedOn', issuedOn, data.issuedOn);
  check('dueOn', daysLater(issuedOn, graceDays), data.dueOn);
  checkCycle(account, data, issuedOn, check);
  check('seats', state.seats, data.seats);
  check('currency', state.currency, data.currency);
  const price = prices.find(({ unitPriceMinor }) => unitPriceMinor === data.unitPriceMinor) ?? prices[0];
  check('unitPriceMinor', price?.unitPriceMinor, data.unitPriceMinor);
  const line = price && chargedLine(state, data.cycle, issuedOn, price);
  check('lines', line && [line], data.lines);

  const grossMinor = line?.amountMinor ?? data.grossMinor;
  const creditAppliedMinor = Math.min(state.creditBalanceMinor, grossMinor);
  check('grossMinor', grossMinor, data.grossMinor);
  check('creditAppliedMinor', creditAppliedMinor, data.creditAppliedMinor);
  check('totalMinor', grossMinor - creditAppliedMinor, data.totalMinor);
  check('grantsUsed', taken(state.grants, creditAppliedMinor), data.grantsUsed);
  checkCredit(state, 0 - creditAppliedMinor, data, check);

  moveCredit(account, data.credit, 'seats', data.grantsUsed);
  account.grossMinor = data.grossMinor;
  account.isBack = false;
  state.invoices += 1;
  state.paid = { cycle: data.cycle, paidSeats: data.seats, unitPriceMinor: data.unitPriceMinor, seatDays: 0 };
  const { invoiceNumber, dueOn, totalMinor: openMinor } = data;
  if (openMinor > 0) state.openInvoices = [...state.openInvoices, { invoiceNumber, openMinor, dueOn, extended: false }];
}

/** What a cycle costs; when a license comes back in the middle of one, the days that are left of it. */
export function chargedLine(state: LicenseState, cycle: InvoicedCycle, issuedOn: string, price: Price) {
  const { seats, planId } = state;
  const { unitPriceMinor, name } = price;
  const billedDays = daysFrom(issuedOn, cycle.endsOn);
  const part = billedDays === cycle.days ? '' : ` (${billedDays} of ${cycle.days} days)`;
  const period = `${issuedOn} to ${daysLater(cycle.endsOn, -1)}`;
  return {
    description: `${name}: ${seats} ${seats === 1 ? 'seat' : 'seats'}, ${period}${part}`,
    planId,
    quantity: seats,
    unitPriceMinor,
    billedDays,
    amountMinor: proratedMinor(unitPriceMinor, seats * billedDays, cycle.days),
  };
}

type InvoicedCycle = LicenseEventData['InvoiceIssued']['cycle'];

function checkCycle(
  { state, isBack }: Account,
  { cycle }: LicenseEventData['InvoiceIssued'],
  issuedOn: string,
  check: Check,
) {
  const next = state.paid === null ? 0 : state.paid.cycle.index + 1;
  if (isBack) check('cycle.index is a later one', true, cycle.index >= next);
  else check('cycle.index', next, cycle.index);
  check('cycle', cycleNumber(cycle.index, state.startedOn, state.interval), cycle);
  check('cycle holds issuedOn', true, cycle.startsOn <= issuedOn && issuedOn < cycle.endsOn);
}

export function takePayment({ state }: Account, { data }: LicenseEvent<'InvoicePaid'>, check: Check): void {
  const open = state.openInvoices.find(({ invoiceNumber }) => invoiceNumber === data.invoiceNumber);
  check('invoiceNumber is open', true, open !== undefined);
  check('currency', state.currency, data.currency);
  check('amountMinor is more than nothing', true, data.amountMinor > 0);
  const openMinor = (open?.openMinor ?? 0) - data.amountMinor;
  check('openMinor', openMinor, data.openMinor);
  check('more is paid than was open', false, openMinor < 0);
  state.openInvoices = state.openInvoices
    .map((each) => (each === open ? { ...each, openMinor: data.openMinor } : each))
    .filter((each) => each.openMinor > 0);
}

export function takeExtension({ state }: Account, { data }: LicenseEvent<'LicenseExtended'>, check: Check): void {
  const open = state.openInvoices.find(({ invoiceNumber }) => invoiceNumber === data.invoiceNumber);
  check('invoiceNumber is open', true, open !== undefined);
  check('days', true, data.days >= 1 && data.days <= extensionDaysMax);
  check('extended before', false, open?.extended ?? false);
  check('dueOnFrom', open?.dueOn, data.dueOnFrom);
  check('dueOnTo', open && daysLater(open.dueOn, data.days), data.dueOnTo);
  state.openInvoices = state.openInvoices.map((each) =>
    each === open ? { ...each, dueOn: data.dueOnTo, extended: true } : each,
  );
}

/** The open invoice that was due first. */
export function oldestOpen({ openInvoices }: LicenseState): OpenInvoice | undefined {
  return [...openInvoices].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))[0];
}

/** The moment that lies so many days after the day on which an invoice is due. */
export function momentAfterDue(dueOn: string, days: number, timeZone: string): string {
  return dayBegins(daysLater(dueOn, days), timeZone);
}
