import type { Money } from '#contracts';
import { licenseStreamPrefix, propagationStream } from '#license';
import { lastingPort } from '../support/ledger-process.js';
import { billOf } from './month/expected-bill.js';
import { fateOf } from './month/expected-fate.js';
import { startsAtMs } from './month/instant.js';
import { playMonth, type LicenseAtEnd, type Month } from './month/month.js';
import { dearerTeam, plans, type Answered } from './month/play.js';
import { writeScript } from './month/script.js';
import { seed, size } from './month/size.js';
import { supportContact } from './month/stage.js';
import type { Customer } from './month/customer.js';

const timeoutMs = 3_600_000;

/**
 * Customers, their instances and the ledger over days on the test clock, each role a process of its own, a third of the
 * instances misbehaving. See size.ts for the whole of it.
 */
describe(`${size.days} days of ${size.licenses} licenses`, () => {
  const script = writeScript(size, seed);
  let simulatorPort: number;
  let calm: Month;

  beforeAll(async () => {
    simulatorPort = await lastingPort();
    calm = await playMonth(script, simulatorPort, 0);
  }, timeoutMs);

  const stepsOf = ({ domain }: Customer): Answered[] =>
    calm.answered.filter(({ customer }) => customer.domain === domain);
  const atEnd = ({ domain }: Customer): LicenseAtEnd => calm.byDomain.get(domain)!;

  it('are played as they were written', () => {
    const kinds = new Set(calm.answered.map(({ action, answer }) => `${action.kind} ${answer}`));
    for (const expected of ['seats 201', 'pay 201', 'fetch 200', 'retry 202', 'report 200', 'cancel 201']) {
      expect(kinds).toContain(expected);
    }
    expect(calm.outcome.tables).toMatchObject({ parked_streams: [], parked_events: [] });
    const types = new Set(eventsOf(calm, licenseStreamPrefix).map(({ type }) => type));
    for (const type of ['LicenseExpired', 'LicenseReactivated', 'LicenseExtended', 'LicenseCancelled']) {
      expect(types).toContain(type);
    }
  });

  it('end each change propagated or overdue, as its instance behaved', () => {
    for (const customer of script.customers) {
      for (const change of atEnd(customer).propagations) {
        const { changeId, status, late, propagatedAt, deadline, contact } = change;
        const [requestedAtMs, deadlineMs] = [Date.parse(change.requestedAt), Date.parse(deadline)];
        const fetches = customer.conduct.kind === 'fetches';
        // What was missed before the customer was moved in is brought from then on.
        const fromMs = Math.max(requestedAtMs, startsAtMs);
        const { earliestMs, latestMs } = fateOf(fromMs, deadlineMs, fetches, stepsOf(customer));
        const arrivedAtMs = propagatedAt === null ? Infinity : Date.parse(propagatedAt);
        const isOver = deadlineMs <= script.endsAtMs;
        const wasOverdue = isOver && arrivedAtMs >= deadlineMs;
        const where = `${customer.domain} ${change.kind} of ${change.requestedAt}`;

        if (propagatedAt === null) expect([where, latestMs > script.endsAtMs]).toEqual([where, true]);
        else expect([where, arrivedAtMs >= earliestMs && arrivedAtMs <= latestMs]).toEqual([where, true]);
        expect({ where, status, late, contact }).toEqual({
          where,
          status: propagatedAt !== null ? 'propagated' : isOver ? 'overdue' : 'pending',
          late: propagatedAt !== null && arrivedAtMs >= deadlineMs,
          contact: propagatedAt === null && isOver ? supportContact : null,
        });
        expect(calm.outcome.streams[propagationStream(changeId)] ?? []).toMatchObject([
          ...(wasOverdue
            ? [{ type: 'ChangePropagationOverdue', data: { effectiveAt: deadline, contact: supportContact } }]
            : []),
          ...(propagatedAt === null ? [] : [{ type: 'ChangePropagated', data: { effectiveAt: propagatedAt, late } }]),
        ]);
      }
    }
    const fates = [...calm.byDomain.values()].flatMap(({ propagations }) =>
      propagations.map(({ status, late }) => (late ? 'late' : status)),
    );
    for (const fate of ['propagated', 'late', 'overdue']) expect(fates).toContain(fate);
  });

  it('come to the figures that the rules give', () => {
    const dearerFrom = new Date(script.dearerAtMs).toISOString().slice(0, 10);
    const priceOf = (planId: string, on: string) =>
      planId === 'team' && on > dearerFrom ? dearerTeam : plans[planId as keyof typeof plans];
    const billed = script.customers.filter(
      (customer) => customer.pays && stepsOf(customer).every(({ action }) => action.kind !== 'cancel'),
    );
    expect(billed.length).toBeGreaterThan(size.licenses / 3);
    for (const customer of billed) {
      const { license, invoices } = atEnd(customer);
      const expected = billOf(customer, stepsOf(customer), script.endsAtMs, { priceOf });
      const found = invoices.map(({ issuedOn, gross, creditApplied, total }) => {
        expect(total).toEqual(usd(gross.amount - creditApplied.amount));
        return { issuedOn, gross: gross.amount, creditApplied: creditApplied.amount };
      });
      const { domain } = customer;
      expect({ domain, creditBalance: license.creditBalance, invoices: found }).toEqual({
        domain,
        creditBalance: usd(expected.creditBalance),
        invoices: expected.invoices,
      });
    }
  });

  it('leave each instance with what it is allowed, and no older word came after a newer one', () => {
    for (const customer of script.customers) {
      const { instance, propagations } = atEnd(customer);
      const { received, entitlement } = instance.view;
      expect(received).toEqual(received.toSorted((left, right) => left - right));
      if (customer.conduct.kind === 'well') expect(received).toEqual([...new Set(received)]);
      if (propagations.every(({ status }) => status === 'propagated')) {
        const { seats, planId, status } = instance.entitled;
        expect(entitlement).toMatchObject({ seats, planId, status });
      }
    }
  });

  it(
    `are the same when a role is killed and Redis emptied ${size.disturbances} times in the middle of things`,
    async () => {
      const disturbed = await playMonth(script, simulatorPort, size.disturbances);
      expect(disturbed.strikes).toBe(size.disturbances);
      expect(disturbed.answered).toEqual(calm.answered);
      expect(disturbed.outcome.streams).toEqual(calm.outcome.streams);
      expect(disturbed.outcome.tables).toEqual(calm.outcome.tables);
      for (const customer of script.customers) {
        const [before, after] = [atEnd(customer).instance.view, disturbed.byDomain.get(customer.domain)!.instance.view];
        expect(after.received).toEqual(after.received.toSorted((left, right) => left - right));
        expect({ ...after, received: [] }).toEqual({ ...before, received: [] });
        expect(new Set(after.received)).toEqual(new Set(before.received));
      }
      for (const [changeId, { attempts, lastError }] of calm.outcome.attempts) {
        const again = disturbed.outcome.attempts.get(changeId)!;
        expect(again.lastError).toBe(lastError);
        // A worker that dies after its call was counted, and before its acknowledgement is recorded, calls again.
        expect(again.attempts).toBeGreaterThanOrEqual(attempts);
        expect(again.attempts).toBeLessThanOrEqual(attempts + disturbed.strikes);
      }
    },
    timeoutMs,
  );
});

function usd(amount: number): Money {
  return { amount, currency: 'USD' };
}

function eventsOf({ outcome }: Month, prefix: string) {
  return Object.entries(outcome.streams).flatMap(([stream, events]) => (stream.startsWith(prefix) ? events : []));
}
