import type { RecordedEvent } from '#event-store';
import { encodeEvent, licenseIdOf, licenseStream, type LicenseEvent, type LicenseEventData } from '#license';

const at = { effectiveAt: '2026-06-11T09:30:00.000Z' };
const change = { ...at, changeId: '0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11' };
const cycle = { index: 0, startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 };
const credit = { entryNumber: 'ACME.EXAMPLE-C0001', amountMinor: 8000, balanceAfterMinor: 8000 };
const computation = {
  cycle,
  paidSeats: 60,
  unitPriceMinor: 1000,
  remainingDays: 20,
  creditedSeatsBefore: 0,
  creditedSeatsAfter: 12,
  seatDaysBefore: 0,
  seatDaysAfter: 240,
};
const seats = { ...change, from: 60, to: 48, currency: 'USD', computation, credit, creditBalanceMinor: 8000 };
const unpaid = { ...change, invoiceNumber: 'ACME.EXAMPLE-0001', dueOn: '2026-06-08' };

/** What must never be told: who a staff member is, and what people wrote in words of their own. */
export const secrets = {
  staffEmail: 'grace.hopper@acme.example',
  staffName: 'Grace Hopper',
  reason: 'Grace is on leave',
  address: 'Invalidenstraße 7',
  paymentMethodToken: 'pm_1NqXyZ',
  callbackUrl: 'https://acme.example/ledger?token=hush',
  actor: 'auth0|grace',
};
const moved = { ...at, staffId: secrets.staffEmail, reason: secrets.reason, activeStaff: 47 };

/** Data of each event of a license, with all that it can hold; the staff's ids are their addresses. */
export const everyEvent: { readonly [T in LicenseEvent['type']]: LicenseEventData[T] } = {
  LicenseRegistered: {
    ...at,
    licenseId: licenseIdOf('acme.example'),
    domain: 'acme.example',
    billingEmail: 'billing@acme.example',
    planId: 'team',
    seats: 60,
    currency: 'USD',
    interval: 'month',
    timeZone: 'Europe/Berlin',
    startedOn: '2026-06-01',
    paidThrough: '2026-07-01',
    callbackUrl: secrets.callbackUrl,
  },
  SeatsIncreased: {
    ...seats,
    from: 48,
    to: 60,
    reinstatedSeats: 12,
    grantsUsed: [{ entryNumber: 'C', amountMinor: 1 }],
  },
  SeatsReduced: { ...seats, creditedSeats: 12, disabledStaff: ['ada', secrets.staffEmail] },
  PlanChangeScheduled: { ...at, fromPlanId: 'team', toPlanId: 'pro', effectiveOn: '2026-07-01' },
  PlanChanged: { ...change, fromPlanId: 'team', toPlanId: 'pro' },
  StaffAdded: {
    ...at,
    staffId: secrets.staffEmail,
    person: { email: secrets.staffEmail, name: secrets.staffName },
    role: 'admin',
    activeStaff: 48,
  },
  StaffDisabled: moved,
  StaffEnabled: moved,
  StaffRemoved: moved,
  PersonalDataErased: { ...at, key: 1, staff: 3 },
  StaffCountReported: { ...at, active: 61, seats: 60, locked: true },
  BillingDetailsChanged: {
    ...at,
    billingEmail: 'invoices@acme.example',
    address: secrets.address,
    paymentMethodToken: secrets.paymentMethodToken,
  },
  InvoiceIssued: {
    ...at,
    invoiceNumber: 'ACME.EXAMPLE-0001',
    issuedOn: '2026-06-01',
    dueOn: '2026-06-08',
    cycle,
    seats: 60,
    unitPriceMinor: 1000,
    currency: 'USD',
    lines: [
      {
        description: 'Team: 60 seats, 2026-06-01 to 2026-06-30',
        planId: 'team',
        quantity: 60,
        unitPriceMinor: 1000,
        billedDays: 30,
        amountMinor: 60000,
      },
    ],
    grossMinor: 60000,
    creditAppliedMinor: 8000,
    totalMinor: 52000,
    grantsUsed: [{ entryNumber: 'ACME.EXAMPLE-C0001', amountMinor: 8000 }],
    credit,
    creditBalanceMinor: 0,
  },
  InvoicePaid: {
    ...at,
    invoiceNumber: 'ACME.EXAMPLE-0001',
    amountMinor: 52000,
    currency: 'USD',
    method: 'card',
    reference: 'ch_7Qp2',
    openMinor: 0,
  },
  CreditGranted: { ...at, currency: 'USD', reason: secrets.reason, credit },
  LicensePastDue: unpaid,
  LicenseExpired: unpaid,
  LicenseExtended: {
    ...at,
    invoiceNumber: 'ACME.EXAMPLE-0001',
    days: 5,
    reason: secrets.reason,
    dueOnFrom: '2026-06-08',
    dueOnTo: '2026-06-13',
  },
  LicenseReactivated: { ...change, from: 'expired', to: 'active' },
  LicenseCancelled: { ...change, reason: secrets.reason, endsOn: '2026-07-01' },
};

/** An event as it is recorded, at a revision of acme.example's stream. */
export function recordedAt(revision: number, event: LicenseEvent): RecordedEvent {
  const { type, version, data } = encodeEvent(event);
  return {
    id: `5b2a6a0e-0a3f-5c76-9a10-${String(revision).padStart(12, '0')}`,
    stream: licenseStream(licenseIdOf('acme.example')),
    revision: BigInt(revision),
    type,
    data,
    metadata: {
      commandId: 'c',
      requestHash: 'h',
      schemaVersion: version,
      actor: { id: secrets.actor, role: 'admin' },
      correlationId: 'the request',
      causationId: 'the command',
      rolled: false,
    },
    recordedAt: new Date('2026-06-11T09:30:00.312Z'),
    position: { commit: BigInt(1000 + revision), prepare: BigInt(1000 + revision) },
  };
}

/** Every event there is, one after another in a stream. */
export function recordedEveryEvent(): RecordedEvent[] {
  return Object.entries(everyEvent).map(([type, data], revision) =>
    recordedAt(revision, { type, data } as LicenseEvent),
  );
}
