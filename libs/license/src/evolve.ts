import type { CreditMovement, GrantUse, LicenseEvent, LicenseEventData } from './events.js';
import type { CreditGrant, LicenseHistory, LicenseState, StaffMember } from './state.js';

/**
 * Folds one event into the state. Total: every event that was ever written is taken as it stands, nothing is
 * decided or refused here.
 *
 * @throws Error when a stream does not begin with its registration: such a stream is no license's.
 */
export function evolve(history: LicenseHistory, event: LicenseEvent): LicenseState {
  if (event.type === 'LicenseRegistered') return registered(event.data);
  if (history === null) throw new Error(`a license stream begins with LicenseRegistered, not ${event.type}`);
  return { ...history, ...changed(history, event), effectiveAt: event.data.effectiveAt };
}

export function evolveAll(history: LicenseHistory, events: Iterable<LicenseEvent>): LicenseHistory {
  let state = history;
  for (const event of events) state = evolve(state, event);
  return state;
}

type Registered = Exclude<LicenseEvent, LicenseEvent<'LicenseRegistered'>>;

function changed(state: LicenseState, event: Registered): Partial<LicenseState> {
  switch (event.type) {
    case 'SeatsIncreased':
    case 'SeatsReduced':
      return seatsMoved(state, event);
    case 'PlanChangeScheduled': {
      const { toPlanId, effectiveOn } = event.data;
      return { plannedChange: toPlanId === state.planId ? null : { planId: toPlanId, effectiveOn } };
    }
    case 'PlanChanged':
      return { planId: event.data.toPlanId, plannedChange: null, changes: state.changes + 1 };
    case 'StaffAdded': {
      const { staffId, person, role } = event.data;
      return staffMoved(state, staffId, { person, role, status: 'active' }, event.data.activeStaff);
    }
    case 'StaffDisabled':
      return staffStatus(state, event.data, 'disabled');
    case 'StaffEnabled':
      return staffStatus(state, event.data, 'active');
    case 'StaffRemoved':
      return staffStatus(state, event.data, 'removed');
    case 'PersonalDataErased':
      return {
        staff: withoutPersons(state.staff),
        personalDataKey: event.data.key + 1,
        personalDataErasedAt: event.data.effectiveAt,
      };
    case 'StaffCountReported':
      return { reported: { active: event.data.active, movedSince: 0 } };
    case 'BillingDetailsChanged': {
      const { billingEmail, address, paymentMethodToken } = event.data;
      return { billingEmail, address, paymentMethodToken };
    }
    case 'InvoiceIssued':
      return invoiceIssued(state, event.data);
    case 'InvoicePaid':
      return invoicePaid(state, event.data);
    case 'CreditGranted':
      return withCredit(state, event.data.credit, 'goodwill', []);
    case 'LicensePastDue':
      return { standing: 'past_due', changes: state.changes + 1 };
    case 'LicenseExpired':
      return { standing: 'expired', changes: state.changes + 1 };
    case 'LicenseExtended': {
      const { invoiceNumber, dueOnTo } = event.data;
      const openInvoices = state.openInvoices.map((invoice) =>
        invoice.invoiceNumber === invoiceNumber ? { ...invoice, dueOn: dueOnTo, extended: true } : invoice,
      );
      return { openInvoices };
    }
    case 'LicenseReactivated':
      return { standing: event.data.to, changes: state.changes + 1 };
    case 'LicenseCancelled':
      return { cancellation: { endsOn: event.data.endsOn }, plannedChange: null, changes: state.changes + 1 };
  }
}

function registered(data: LicenseEventData['LicenseRegistered']): LicenseState {
  return {
    ...data,
    address: null,
    paymentMethodToken: null,
    plannedChange: null,
    paid: null,
    standing: 'active',
    cancellation: null,
    staff: {},
    activeStaff: 0,
    personalDataKey: 1,
    personalDataErasedAt: null,
    reported: null,
    creditBalanceMinor: 0,
    grants: [],
    openInvoices: [],
    invoices: 0,
    creditEntries: 0,
    changes: 0,
  };
}

function seatsMoved(
  state: LicenseState,
  event: LicenseEvent<'SeatsIncreased' | 'SeatsReduced'>,
): Partial<LicenseState> {
  const { to, computation, credit } = event.data;
  const grantsUsed = event.type === 'SeatsIncreased' ? event.data.grantsUsed : [];
  return {
    ...withCredit(state, credit, 'seats', grantsUsed),
    seats: to,
    paid: state.paid && { ...state.paid, seatDays: computation.seatDaysAfter },
    changes: state.changes + 1,
  };
}

function invoiceIssued(state: LicenseState, data: LicenseEventData['InvoiceIssued']): Partial<LicenseState> {
  const { invoiceNumber, cycle, seats, unitPriceMinor, totalMinor, dueOn, credit, grantsUsed } = data;
  return {
    ...withCredit(state, credit, 'seats', grantsUsed),
    paid: { cycle, paidSeats: seats, unitPriceMinor, seatDays: 0 },
    invoices: state.invoices + 1,
    // An invoice with nothing to pay is paid as it is issued.
    openInvoices:
      totalMinor === 0
        ? state.openInvoices
        : [...state.openInvoices, { invoiceNumber, openMinor: totalMinor, dueOn, extended: false }],
  };
}

function invoicePaid(state: LicenseState, data: LicenseEventData['InvoicePaid']): Partial<LicenseState> {
  const openInvoices = state.openInvoices
    .map((invoice) =>
      invoice.invoiceNumber === data.invoiceNumber ? { ...invoice, openMinor: data.openMinor } : invoice,
    )
    .filter((invoice) => invoice.openMinor > 0);
  return { openInvoices };
}

function withCredit(
  state: LicenseState,
  credit: CreditMovement | null,
  kind: CreditGrant['kind'],
  used: readonly GrantUse[],
): Partial<LicenseState> {
  if (credit === null) return {};
  const left = spend(state.grants, used);
  return {
    creditBalanceMinor: credit.balanceAfterMinor,
    creditEntries: state.creditEntries + 1,
    grants:
      credit.amountMinor > 0
        ? [...left, { entryNumber: credit.entryNumber, kind, remainingMinor: credit.amountMinor }]
        : left,
  };
}

function spend(grants: readonly CreditGrant[], used: readonly GrantUse[]): readonly CreditGrant[] {
  if (used.length === 0) return grants;
  const amounts = new Map(used.map((use) => [use.entryNumber, use.amountMinor]));
  return grants
    .map((grant) => ({ ...grant, remainingMinor: grant.remainingMinor - (amounts.get(grant.entryNumber) ?? 0) }))
    .filter((grant) => grant.remainingMinor > 0);
}

function staffStatus(
  state: LicenseState,
  data: { staffId: string; activeStaff: number },
  status: StaffMember['status'],
): Partial<LicenseState> {
  const member = state.staff[data.staffId];
  // A stored state may leave the roster out (it can be long); the count is in the event.
  return staffMoved(state, data.staffId, member && { ...member, status }, data.activeStaff);
}

function withoutPersons(staff: LicenseState['staff']): LicenseState['staff'] {
  return Object.fromEntries(Object.entries(staff).map(([staffId, member]) => [staffId, { ...member, person: null }]));
}

function staffMoved(
  state: LicenseState,
  staffId: string,
  member: StaffMember | undefined,
  activeStaff: number,
): Partial<LicenseState> {
  const moved = activeStaff - state.activeStaff;
  return {
    activeStaff,
    staff: member ? { ...state.staff, [staffId]: member } : state.staff,
    reported: state.reported && { ...state.reported, movedSince: state.reported.movedSince + moved },
  };
}
