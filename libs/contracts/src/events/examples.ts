import type { Instant, Money } from '../values.js';
import { eventSchemaUri, eventSequence, type PublicEvent, type PublicEventType } from './cloud-event.js';
import type { PublicEventData } from './data.js';
import { PUBLIC_EVENT_TYPES } from './data-schemas.js';

const usd = (amount: number): Money => ({ amount, currency: 'USD' });
const licenseId = '0637e301-e05d-505b-8267-486f5677de9b';
const at = (effectiveAt: Instant) => ({ licenseId, effectiveAt });
const change = (effectiveAt: Instant) => ({ ...at(effectiveAt), changeId: '0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11' });
const second = 'ACME.EXAMPLE-0002';

/** Data of each event, out of one license's story. */
const data: { readonly [T in PublicEventType]: PublicEventData[T] } = {
  'io.seat-ledger.license-registered.v1': {
    ...at('2026-06-01T00:00:00.000Z'),
    domain: 'acme.example',
    billingEmail: 'billing@acme.example',
    planId: 'team',
    seats: 60,
    currency: 'USD',
    interval: 'month',
    timeZone: 'UTC',
    startedOn: '2026-06-01',
    paidThrough: null,
  },
  'io.seat-ledger.seats-increased.v1': {
    ...change('2026-06-21T09:30:00.000Z'),
    from: 48,
    to: 60,
    reinstatedSeats: 12,
    credit: usd(-4000),
    creditBalance: usd(4000),
    creditEntryId: 'ACME.EXAMPLE-C0002',
  },
  'io.seat-ledger.seats-reduced.v1': {
    ...change('2026-06-11T09:30:00.000Z'),
    from: 60,
    to: 48,
    creditedSeats: 12,
    disabledStaff: ['ada'],
    credit: usd(8000),
    creditBalance: usd(8000),
    creditEntryId: 'ACME.EXAMPLE-C0001',
  },
  'io.seat-ledger.plan-change-scheduled.v1': {
    ...at('2026-06-12T10:00:00.000Z'),
    fromPlanId: 'team',
    toPlanId: 'pro',
    effectiveOn: '2026-07-01',
  },
  'io.seat-ledger.plan-changed.v1': { ...change('2026-07-01T00:00:00.000Z'), fromPlanId: 'team', toPlanId: 'pro' },
  'io.seat-ledger.staff-added.v1': {
    ...at('2026-06-02T08:00:00.000Z'),
    staffId: 'ada',
    role: 'agent',
    activeStaff: 1,
  },
  'io.seat-ledger.staff-disabled.v1': { ...at('2026-06-11T09:30:00.000Z'), staffId: 'ada', activeStaff: 0 },
  'io.seat-ledger.staff-enabled.v1': { ...at('2026-06-22T08:00:00.000Z'), staffId: 'ada', activeStaff: 1 },
  'io.seat-ledger.staff-removed.v1': { ...at('2026-06-30T08:00:00.000Z'), staffId: 'ada', activeStaff: 0 },
  'io.seat-ledger.personal-data-erased.v1': { ...at('2026-06-30T09:00:00.000Z'), staff: 3 },
  'io.seat-ledger.staff-count-reported.v1': {
    ...at('2026-06-23T08:00:00.000Z'),
    active: 61,
    seats: 60,
    access: 'locked',
  },
  'io.seat-ledger.billing-details-changed.v1': {
    ...at('2026-06-24T08:00:00.000Z'),
    billingEmail: 'invoices@acme.example',
  },
  'io.seat-ledger.invoice-issued.v1': {
    ...at('2026-07-01T00:00:00.000Z'),
    invoiceNumber: second,
    issuedOn: '2026-07-01',
    dueOn: '2026-07-08',
    cycle: { startsOn: '2026-07-01', endsOn: '2026-08-01', days: 31 },
    lines: [
      {
        description: 'Team: 48 seats, 2026-07-01 to 2026-07-31',
        planId: 'team',
        quantity: 48,
        unitPrice: usd(1000),
        amount: usd(48000),
      },
    ],
    gross: usd(48000),
    creditApplied: usd(8000),
    total: usd(40000),
    creditBalance: usd(0),
    creditEntryId: 'ACME.EXAMPLE-C0003',
  },
  'io.seat-ledger.invoice-paid.v1': {
    ...at('2026-07-20T11:00:00.000Z'),
    invoiceNumber: second,
    amount: usd(40000),
    method: 'card',
    reference: 'ch_7Qp2',
    open: usd(0),
  },
  'io.seat-ledger.credit-granted.v1': {
    ...at('2026-07-02T12:00:00.000Z'),
    creditEntryId: 'ACME.EXAMPLE-C0004',
    credit: usd(2500),
    creditBalance: usd(2500),
  },
  'io.seat-ledger.license-past-due.v1': {
    ...change('2026-07-09T00:00:00.000Z'),
    invoiceNumber: second,
    dueOn: '2026-07-08',
  },
  'io.seat-ledger.license-expired.v1': {
    ...change('2026-07-16T00:00:00.000Z'),
    invoiceNumber: second,
    dueOn: '2026-07-08',
  },
  'io.seat-ledger.license-extended.v1': {
    ...at('2026-07-10T09:00:00.000Z'),
    invoiceNumber: second,
    days: 5,
    dueOnFrom: '2026-07-08',
    dueOnTo: '2026-07-13',
  },
  'io.seat-ledger.license-reactivated.v1': { ...change('2026-07-20T11:00:00.000Z'), from: 'expired', to: 'active' },
  'io.seat-ledger.license-cancelled.v1': { ...change('2026-07-25T15:00:00.000Z'), endsOn: '2026-08-01' },
};

/** An event of each type, in the order of the types. */
export function publicEventExamples(): PublicEvent[] {
  return PUBLIC_EVENT_TYPES.map((type, index) => {
    const number = String(index).padStart(2, '0');
    return {
      specversion: '1.0',
      id: `5b2a6a0e-0a3f-5c76-9a10-3f1d6c2b7e${number}`,
      source: `/licenses/${licenseId}`,
      type,
      subject: licenseId,
      time: data[type].effectiveAt,
      recordedtime: data[type].effectiveAt.replace('.000Z', '.312Z'),
      datacontenttype: 'application/json',
      dataschema: eventSchemaUri(type),
      sequence: eventSequence(index + 1),
      position: `AAAAAAAAAB4AAAAAAAAA${number}`,
      correlationid: '8d1f3c52-2f5e-4c9f-8f0e-6b7f2d8a1c11',
      causationid: '8d1f3c52-2f5e-4c9f-8f0e-6b7f2d8a1c11',
      data: data[type],
    } as PublicEvent;
  });
}
