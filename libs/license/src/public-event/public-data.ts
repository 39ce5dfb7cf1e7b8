import type { PublicEventData, PublicEventType } from '#contracts';
import { money } from '#money';
import type { CreditMovement, LicenseEvent } from '../events.js';
import { describeLine } from '../next-invoice.js';
import { publicStaffId } from './public-staff-id.js';

/** The type and the data of a public event. */
export type PublicFact = {
  readonly [T in PublicEventType]: { readonly type: T; readonly data: PublicEventData[T] };
}[PublicEventType];

/**
 * What other services are told of an event. Each property is named here: what an event has besides, such as names and
 * addresses of staff, reasons in free text, postal addresses and tokens of payment, stays inside.
 */
export function publicFactOf(licenseId: string, { type, data }: LicenseEvent): PublicFact {
  const { effectiveAt } = data;
  const about = { licenseId, effectiveAt };
  switch (type) {
    case 'LicenseRegistered': {
      const { domain, billingEmail, planId, seats, currency, interval, timeZone, startedOn, paidThrough } = data;
      const terms = { domain, billingEmail, planId, seats, currency, interval, timeZone, startedOn, paidThrough };
      return { type: 'io.seat-ledger.license-registered.v1', data: { ...about, ...terms } };
    }
    case 'SeatsIncreased': {
      const { changeId, from, to, reinstatedSeats } = data;
      const change = { changeId, from, to, reinstatedSeats };
      return { type: 'io.seat-ledger.seats-increased.v1', data: { ...about, ...change, ...creditOf(data) } };
    }
    case 'SeatsReduced': {
      const { changeId, from, to, creditedSeats } = data;
      const disabledStaff = data.disabledStaff.map((staffId) => publicStaffId(licenseId, staffId));
      const change = { changeId, from, to, creditedSeats, disabledStaff };
      return { type: 'io.seat-ledger.seats-reduced.v1', data: { ...about, ...change, ...creditOf(data) } };
    }
    case 'PlanChangeScheduled': {
      const { fromPlanId, toPlanId, effectiveOn } = data;
      return {
        type: 'io.seat-ledger.plan-change-scheduled.v1',
        data: { ...about, fromPlanId, toPlanId, effectiveOn },
      };
    }
    case 'PlanChanged': {
      const { changeId, fromPlanId, toPlanId } = data;
      return { type: 'io.seat-ledger.plan-changed.v1', data: { ...about, changeId, fromPlanId, toPlanId } };
    }
    case 'StaffAdded': {
      const { role, activeStaff } = data;
      const staffId = publicStaffId(licenseId, data.staffId);
      return { type: 'io.seat-ledger.staff-added.v1', data: { ...about, staffId, role, activeStaff } };
    }
    case 'StaffDisabled':
      return { type: 'io.seat-ledger.staff-disabled.v1', data: { ...about, ...staffOf(licenseId, data) } };
    case 'StaffEnabled':
      return { type: 'io.seat-ledger.staff-enabled.v1', data: { ...about, ...staffOf(licenseId, data) } };
    case 'StaffRemoved':
      return { type: 'io.seat-ledger.staff-removed.v1', data: { ...about, ...staffOf(licenseId, data) } };
    case 'PersonalDataErased':
      return { type: 'io.seat-ledger.personal-data-erased.v1', data: { ...about, staff: data.staff } };
    case 'StaffCountReported': {
      const { active, seats, locked } = data;
      const access = locked ? 'locked' : 'accessible';
      return { type: 'io.seat-ledger.staff-count-reported.v1', data: { ...about, active, seats, access } };
    }
    case 'BillingDetailsChanged': {
      const { billingEmail } = data;
      return { type: 'io.seat-ledger.billing-details-changed.v1', data: { ...about, billingEmail } };
    }
    case 'InvoiceIssued': {
      const { invoiceNumber, issuedOn, dueOn, cycle, currency } = data;
      const { startsOn, endsOn, days } = cycle;
      return {
        type: 'io.seat-ledger.invoice-issued.v1',
        data: {
          ...about,
          invoiceNumber,
          issuedOn,
          dueOn,
          cycle: { startsOn, endsOn, days },
          lines: data.lines.map((line) => describeLine(line, currency)),
          gross: money(data.grossMinor, currency),
          creditApplied: money(data.creditAppliedMinor, currency),
          total: money(data.totalMinor, currency),
          creditBalance: money(data.creditBalanceMinor, currency),
          creditEntryId: data.credit?.entryNumber ?? null,
        },
      };
    }
    case 'InvoicePaid': {
      const { invoiceNumber, amountMinor, currency, method, reference, openMinor } = data;
      const [amount, open] = [money(amountMinor, currency), money(openMinor, currency)];
      return {
        type: 'io.seat-ledger.invoice-paid.v1',
        data: { ...about, invoiceNumber, amount, method, reference, open },
      };
    }
    case 'CreditGranted': {
      const { credit, currency } = data;
      const moved = {
        creditEntryId: credit.entryNumber,
        credit: money(credit.amountMinor, currency),
        creditBalance: money(credit.balanceAfterMinor, currency),
      };
      return { type: 'io.seat-ledger.credit-granted.v1', data: { ...about, ...moved } };
    }
    case 'LicensePastDue': {
      const { changeId, invoiceNumber, dueOn } = data;
      return { type: 'io.seat-ledger.license-past-due.v1', data: { ...about, changeId, invoiceNumber, dueOn } };
    }
    case 'LicenseExpired': {
      const { changeId, invoiceNumber, dueOn } = data;
      return { type: 'io.seat-ledger.license-expired.v1', data: { ...about, changeId, invoiceNumber, dueOn } };
    }
    case 'LicenseExtended': {
      const { invoiceNumber, days, dueOnFrom, dueOnTo } = data;
      const extended = { invoiceNumber, days, dueOnFrom, dueOnTo };
      return { type: 'io.seat-ledger.license-extended.v1', data: { ...about, ...extended } };
    }
    case 'LicenseReactivated': {
      const { changeId, from, to } = data;
      return { type: 'io.seat-ledger.license-reactivated.v1', data: { ...about, changeId, from, to } };
    }
    case 'LicenseCancelled': {
      const { changeId, endsOn } = data;
      return { type: 'io.seat-ledger.license-cancelled.v1', data: { ...about, changeId, endsOn } };
    }
  }
}

interface SeatsMoved {
  readonly currency: string;
  readonly credit: CreditMovement | null;
  readonly creditBalanceMinor: number;
}

function creditOf({ currency, credit, creditBalanceMinor }: SeatsMoved) {
  return {
    credit: money(credit?.amountMinor ?? 0, currency),
    creditBalance: money(creditBalanceMinor, currency),
    creditEntryId: credit?.entryNumber ?? null,
  };
}

function staffOf(licenseId: string, data: { readonly staffId: string; readonly activeStaff: number }) {
  return { staffId: publicStaffId(licenseId, data.staffId), activeStaff: data.activeStaff };
}
