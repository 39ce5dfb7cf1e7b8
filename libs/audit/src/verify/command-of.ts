import type { Instant } from '#calendar';
import type { LicenseCommand, LicenseEvent, LicenseEventType } from '#license';

/** A command that these events may be the outcome of, and when it was decided; null when no command makes such events. */
export function commandOf(
  events: readonly LicenseEvent[],
  rolled: boolean,
): { readonly command: LicenseCommand | null; readonly now: Instant } {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new Error('a group of events has one event at least');
  // What time had made due is emitted up to a moment; the last of it has the latest.
  if (rolled) return { command: { type: 'RollForward' }, now: last.data.effectiveAt };
  if (first.type === 'LicenseRegistered') return { command: registration(first), now: last.data.effectiveAt };
  return { command: seatChange(events) ?? single(first), now: first.data.effectiveAt };
}

function registration({ data }: LicenseEvent<'LicenseRegistered'>): LicenseCommand {
  const { domain, billingEmail, planId, seats, currency, interval, timeZone, startedOn, paidThrough, callbackUrl } =
    data;
  return {
    type: 'RegisterLicense',
    ...{ domain, billingEmail, planId, seats, currency, interval, timeZone, startedOn },
    paidThrough: paidThrough ?? undefined,
    callbackUrl: callbackUrl ?? undefined,
  };
}

/** One command changes seats, the staff who lose theirs, and the plan. */
function seatChange(events: readonly LicenseEvent[]): LicenseCommand | null {
  const seats = find(events, 'SeatsReduced') ?? find(events, 'SeatsIncreased');
  if (seats === undefined) return null;
  const disabled = events.flatMap((event) => (event.type === 'StaffDisabled' ? [event.data.staffId] : []));
  return {
    type: 'ChangeSeats',
    seats: seats.data.to,
    planId: find(events, 'PlanChangeScheduled')?.data.toPlanId,
    ...(disabled.length > 0 && { disableStaff: disabled }),
  };
}

/** The command of an event that stands alone, or first. */
function single(event: LicenseEvent): LicenseCommand | null {
  switch (event.type) {
    case 'PlanChangeScheduled':
      return { type: 'ChangePlan', planId: event.data.toPlanId };
    case 'StaffAdded': {
      const { staffId, person, role } = event.data;
      return { type: 'AddStaff', staffId, person, role };
    }
    case 'StaffDisabled':
    case 'StaffEnabled':
    case 'StaffRemoved': {
      const { staffId, reason } = event.data;
      return { type: staffCommands[event.type], staffId, reason: reason ?? undefined };
    }
    case 'PersonalDataErased':
      return { type: 'ErasePersonalData' };
    case 'StaffCountReported':
      return { type: 'ReportStaffCount', active: event.data.active };
    case 'BillingDetailsChanged': {
      const { billingEmail, address, paymentMethodToken } = event.data;
      return {
        type: 'ChangeBillingDetails',
        billingEmail,
        address: address ?? undefined,
        paymentMethodToken: paymentMethodToken ?? undefined,
      };
    }
    case 'InvoicePaid': {
      const { invoiceNumber, amountMinor, currency, method, reference } = event.data;
      return { type: 'RecordPayment', invoiceNumber, amountMinor, currency, method, reference };
    }
    case 'CreditGranted': {
      const { credit, currency, reason } = event.data;
      return { type: 'GrantCredit', amountMinor: credit.amountMinor, currency, reason };
    }
    case 'LicenseExtended': {
      const { days, reason, invoiceNumber } = event.data;
      return { type: 'ExtendDueDate', days, reason, invoiceNumber };
    }
    case 'LicenseCancelled':
      return { type: 'CancelLicense', reason: event.data.reason ?? undefined };
    default:
      return null;
  }
}

const staffCommands = {
  StaffDisabled: 'DisableStaff',
  StaffEnabled: 'EnableStaff',
  StaffRemoved: 'RemoveStaff',
} as const;

function find<T extends LicenseEventType>(events: readonly LicenseEvent[], type: T): LicenseEvent<T> | undefined {
  return events.find((event) => event.type === type) as LicenseEvent<T> | undefined;
}
