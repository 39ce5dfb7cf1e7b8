import { describeCreditEntry } from './credit-entry.js';
import { decide } from './decide.js';
import { evolveAll } from './evolve.js';
import type { LicenseCommand } from './commands.js';
import type { CreditEntry } from '#contracts';
import type { LicenseEvent } from './events.js';
import { describeInvoice, evolveInvoice, type InvoiceHistory } from './invoice-view.js';
import { openedPropagation } from './propagation-view.js';

const prices = [{ currency: 'USD', interval: 'month' as const, amountMinor: 1000 }];
const catalogue = new Map([['team', [{ effectiveAt: '2020-01-01T00:00:00.000Z', name: 'Team', prices }]]]);
const invoiceNumber = 'ACME.EXAMPLE-0001';

function story(...steps: readonly (readonly [string, LicenseCommand])[]): LicenseEvent[] {
  const events: LicenseEvent[] = [];
  for (const [now, command] of steps) {
    const decision = decide(command, evolveAll(null, events), { now, catalogue });
    if ('refusal' in decision) throw new Error(decision.refusal.detail);
    events.push(...decision.rolled, ...decision.accepted);
  }
  return events;
}

const registered = [
  '2026-06-01T09:00:00.000Z',
  {
    type: 'RegisterLicense',
    domain: 'acme.example',
    billingEmail: 'pay@acme.example',
    planId: 'team',
    seats: 60,
    currency: 'USD',
    interval: 'month',
    timeZone: 'UTC',
  },
] as const satisfies readonly [string, LicenseCommand];
const payment = { type: 'RecordPayment', invoiceNumber, currency: 'USD', method: 'card', reference: 'r' } as const;
const reduced = ['2026-06-11T09:00:00.000Z', { type: 'ChangeSeats', seats: 48 }] as const;

const entries = (events: readonly LicenseEvent[]) =>
  events.reduce<CreditEntry[]>((made, event, revision) => {
    const place = { id: `e${revision}`, stream: 'license-l', revision, recordedAt: '2026-07-02T00:00:00.000Z' };
    const entry = describeCreditEntry('l', event, place, made.at(-1)?.hash ?? null);
    return entry ? [...made, entry] : made;
  }, []);

describe('a credit entry', () => {
  it('says what was granted, taken back, given and used, each with its balance and its reason', () => {
    const events = story(
      registered,
      ['2026-06-02T09:00:00.000Z', { ...payment, amountMinor: 60000 }],
      reduced,
      ['2026-06-21T09:00:00.000Z', { type: 'ChangeSeats', seats: 60 }],
      ['2026-06-22T09:00:00.000Z', { type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: 'an outage' }],
      ['2026-07-01T09:00:00.000Z', { type: 'RollForward' }],
    );
    expect(
      entries(events).map((entry) => [entry.entryId, entry.kind, entry.amount.amount, entry.balanceAfter.amount]),
    ).toEqual([
      ['ACME.EXAMPLE-C0001', 'granted', 8000, 8000],
      ['ACME.EXAMPLE-C0002', 'reversed', -4000, 4000],
      ['ACME.EXAMPLE-C0003', 'goodwill', 500, 4500],
      ['ACME.EXAMPLE-C0004', 'applied', -4500, 0],
    ]);
    const [granted, reversed, goodwill, applied] = entries(events);
    expect([granted, reversed, goodwill, applied].map((entry) => entry?.previousHash)).toEqual([
      null,
      granted?.hash,
      reversed?.hash,
      goodwill?.hash,
    ]);
    expect(granted?.computation).toEqual({
      seats: 48,
      seatDaysBefore: 0,
      seatDaysAfter: 240,
      cycleDays: 30,
      unitPrice: { amount: 1000, currency: 'USD' },
    });
    expect(goodwill).toMatchObject({ reason: 'an outage', computation: null, changeId: null });
    expect(applied).toMatchObject({ invoiceNumber: 'ACME.EXAMPLE-0002', reason: null });
  });
});

describe('an invoice', () => {
  const at = (events: readonly LicenseEvent[], today: string) => {
    const history = events.reduce<InvoiceHistory | null>((h, event) => evolveInvoice(h, invoiceNumber, event), null);
    return history && describeInvoice(history, { licenseId: 'l', domain: 'acme.example' }, today);
  };

  it('is open up to its due date, overdue after it, and paid when nothing is open', () => {
    const events = story(registered);
    expect(at(events, '2026-06-08')).toMatchObject({ status: 'open', open: { amount: 60000 }, paid: { amount: 0 } });
    expect(at(events, '2026-06-09')?.status).toBe('overdue');
    const part = story(registered, ['2026-06-02T09:00:00.000Z', { ...payment, amountMinor: 20000 }]);
    expect(at(part, '2026-06-03')).toMatchObject({ status: 'open', open: { amount: 40000 }, paid: { amount: 20000 } });
    const whole = story(registered, ['2026-06-02T09:00:00.000Z', { ...payment, amountMinor: 60000 }]);
    expect(at(whole, '2027-01-01')).toMatchObject({ status: 'paid', open: { amount: 0 } });
  });

  it('moves its due date when that is extended', () => {
    const extended = { type: 'ExtendDueDate', days: 3, reason: 'asked' } as const;
    const events = story(registered, ['2026-06-02T09:00:00.000Z', extended]);
    expect(at(events, '2026-06-11')).toMatchObject({ status: 'open', dueOn: '2026-06-11' });
  });
});

describe('a propagation', () => {
  it('has a day to reach the instance', () => {
    const change = story(registered, reduced).find((event) => event.type === 'SeatsReduced');
    expect(change && openedPropagation('l', change, 2)).toMatchObject({
      kind: 'SeatsReduced',
      requestedAt: '2026-06-11T09:00:00.000Z',
      deadline: '2026-06-12T09:00:00.000Z',
      status: 'pending',
      revision: 2,
    });
  });
});
