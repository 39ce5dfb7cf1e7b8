import type { InvoiceLine } from '../invoice.js';
import type { InvoiceCycle, Money } from '../values.js';
import type { PublicEventType } from './cloud-event.js';
import type { InvoiceUnpaidData, PublicEventData, StaffMovedData } from './data.js';
import {
  described,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type IntegerSchema,
  type ObjectSchema,
  type TextSchema,
} from './json-schema.js';

const text: TextSchema = { type: 'string', minLength: 1 };
const uuid: TextSchema = { type: 'string', format: 'uuid' };
const date = described("In the license's time zone.", { type: 'string', format: 'date' } satisfies TextSchema);
const count: IntegerSchema = { type: 'integer', minimum: 0 };
const currency = described('ISO 4217.', { type: 'string', pattern: '^[A-Z]{3}$' } satisfies TextSchema);
const money = objectOf<Money>({ amount: described('Minor units.', { type: 'integer' }), currency });
const instant = { type: 'string', format: 'date-time' } satisfies TextSchema;

const about = {
  licenseId: described("The event's subject.", uuid),
  effectiveAt: described("When it counts: the event's time.", instant),
};
const change = { ...about, changeId: described('What its propagation is followed by.', uuid) };
const creditBalance = described('What the license may set against invoices, after the event.', money);
const creditEntryId = described('The entry of the credit ledger; null when no credit moved.', orNull(text));
const creditMoved = {
  credit: described('Signed: positive adds to the balance.', money),
  creditBalance,
  creditEntryId,
};
const staffId = described('As the caller named them; a name-based UUID where that is an address for mail.', text);
const activeStaff = described('Active staff after the event.', count);
const standing = oneOf('active', 'past_due', 'expired');

const cycle = objectOf<InvoiceCycle>({
  startsOn: date,
  endsOn: described('The first date after the cycle.', date),
  days: described('Dates in the cycle.', count),
});
const line = objectOf<InvoiceLine>({
  description: text,
  planId: text,
  quantity: count,
  unitPrice: money,
  amount: money,
});

const staffMoved = objectOf<StaffMovedData>({ ...about, staffId, activeStaff });
const unpaid = objectOf<InvoiceUnpaidData>({ ...change, invoiceNumber: text, dueOn: date });

/** The JSON Schema of each event's data; the compiler holds each against its type. */
export const EVENT_DATA_SCHEMAS: { readonly [T in PublicEventType]: ObjectSchema<PublicEventData[T]> } = {
  'io.seat-ledger.license-registered.v1': described(
    'A license came to be.',
    objectOf({
      ...about,
      domain: text,
      billingEmail: text,
      planId: text,
      seats: count,
      currency,
      interval: oneOf('month', 'year'),
      timeZone: described('IANA.', text),
      startedOn: date,
      paidThrough: described('Cycles that begin before this date were paid elsewhere.', orNull(date)),
    }),
  ),
  'io.seat-ledger.seats-increased.v1': described(
    'Seats were added. They are charged from the next cycle on.',
    objectOf({
      ...change,
      from: count,
      to: count,
      reinstatedSeats: described('How many take credit back that they earned earlier in this cycle.', count),
      ...creditMoved,
    }),
  ),
  'io.seat-ledger.seats-reduced.v1': described(
    'Seats were removed. Those that were paid for earn a credit for the rest of the cycle.',
    objectOf({
      ...change,
      from: count,
      to: count,
      creditedSeats: count,
      disabledStaff: described('Ids of the staff that the change disabled.', listOf(staffId)),
      ...creditMoved,
    }),
  ),
  'io.seat-ledger.plan-change-scheduled.v1': described(
    'The plan will change at the next boundary; a later one of these replaces it.',
    objectOf({ ...about, fromPlanId: text, toPlanId: text, effectiveOn: date }),
  ),
  'io.seat-ledger.plan-changed.v1': described(
    'The license is on another plan.',
    objectOf({ ...change, fromPlanId: text, toPlanId: text }),
  ),
  'io.seat-ledger.staff-added.v1': described(
    'A staff member was added, active.',
    objectOf({ ...about, staffId, role: oneOf('agent', 'admin'), activeStaff }),
  ),
  'io.seat-ledger.staff-disabled.v1': described('A staff member was disabled.', staffMoved),
  'io.seat-ledger.staff-enabled.v1': described('A staff member was enabled again.', staffMoved),
  'io.seat-ledger.staff-removed.v1': described('A staff member was removed.', staffMoved),
  'io.seat-ledger.personal-data-erased.v1': described(
    'Who the staff of the license were is known no more: whoever keeps a copy of it erases it, too.',
    objectOf({ ...about, staff: described('How many staff members it erased.', count) }),
  ),
  'io.seat-ledger.staff-count-reported.v1': described(
    'The helpdesk instance said how many active staff it has.',
    objectOf({
      ...about,
      active: count,
      seats: count,
      access: described('Locked while active staff exceed the seats.', oneOf('accessible', 'locked')),
    }),
  ),
  'io.seat-ledger.billing-details-changed.v1': described(
    'The billing details changed; of them, only the address for mail is told.',
    objectOf({ ...about, billingEmail: text }),
  ),
  'io.seat-ledger.invoice-issued.v1': described(
    'An invoice was issued, in advance for its cycle.',
    objectOf({
      ...about,
      invoiceNumber: text,
      issuedOn: date,
      dueOn: date,
      cycle,
      lines: listOf(line),
      gross: money,
      creditApplied: money,
      total: described('Gross less the credit applied.', money),
      creditBalance,
      creditEntryId,
    }),
  ),
  'io.seat-ledger.invoice-paid.v1': described(
    'A payment of an invoice was recorded.',
    objectOf({
      ...about,
      invoiceNumber: text,
      amount: money,
      method: text,
      reference: { type: 'string' },
      open: described('What is still open after this payment.', money),
    }),
  ),
  'io.seat-ledger.credit-granted.v1': described(
    'Goodwill credit was granted.',
    objectOf({ ...about, creditEntryId: text, credit: money, creditBalance }),
  ),
  'io.seat-ledger.license-past-due.v1': described('An invoice was not paid by its due date.', unpaid),
  'io.seat-ledger.license-expired.v1': described('An invoice stayed unpaid: the entitlement ends.', unpaid),
  'io.seat-ledger.license-extended.v1': described(
    'An invoice got a later due date.',
    objectOf({
      ...about,
      invoiceNumber: text,
      days: count,
      dueOnFrom: date,
      dueOnTo: date,
    }),
  ),
  'io.seat-ledger.license-reactivated.v1': described(
    'What was overdue is paid.',
    objectOf({ ...change, from: standing, to: standing }),
  ),
  'io.seat-ledger.license-cancelled.v1': described(
    'The license was cancelled: it ends with its cycle, and nothing is invoiced after.',
    objectOf({ ...change, endsOn: described('The first date on which it is no more.', date) }),
  ),
};

/** Every type of public event. */
export const PUBLIC_EVENT_TYPES = Object.keys(EVENT_DATA_SCHEMAS) as readonly PublicEventType[];

export function isPublicEventType(text: string): text is PublicEventType {
  return Object.hasOwn(EVENT_DATA_SCHEMAS, text);
}
