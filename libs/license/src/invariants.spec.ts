import fc from 'fast-check';
import { addDays, localDateAt, type LocalDate } from '#calendar';
import { evolveAll, nextDueAt, quote, type LicenseEvent, type LicenseEventData, type LicenseState } from '#license';
import { prorate } from '#money';
import { histories, play, Scenario } from '#testing';

/** Hundreds of random months. A failure prints its seed and the shortest history that shows it. */
const runs = { numRuns: 400 };

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const creditMovements = (events: readonly LicenseEvent[]) =>
  events.flatMap(({ data }) => ('credit' in data && data.credit ? [data.credit] : []));

describe('whatever happens to a license', () => {
  it('the state is what its events come to, also after a journey through JSON', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const scenario = play(history);
        expect(evolveAll(null, json(scenario.events))).toEqual(scenario.state);
      }),
      runs,
    );
  });

  it('the balance is the sum of the credit entries and of what is left of the grants, and is never negative', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const scenario = play(history, ({ events, state }) => {
          expect(state.creditBalanceMinor).toBe(sum(creditMovements(events).map((credit) => credit.amountMinor)));
          expect(state.creditBalanceMinor).toBe(sum(state.grants.map((grant) => grant.remainingMinor)));
          expect(state.creditBalanceMinor).toBeGreaterThanOrEqual(0);
        });
        const entries = creditMovements(scenario.events);
        entries.forEach((entry, index) => {
          expect(entry.entryNumber).toBe(`ACME.EXAMPLE-C${String(index + 1).padStart(4, '0')}`);
          expect(entry.balanceAfterMinor).toBe(sum(entries.slice(0, index + 1).map((credit) => credit.amountMinor)));
        });
      }),
      runs,
    );
  });

  it('an invoice is its lines less the credit that is there, numbered without a gap', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        play(history)
          .all('InvoiceIssued')
          .forEach((invoice, index) => {
            expect(invoice.invoiceNumber).toBe(`ACME.EXAMPLE-${String(index + 1).padStart(4, '0')}`);
            expect(invoice.grossMinor).toBe(sum(invoice.lines.map((line) => line.amountMinor)));
            expect(invoice.totalMinor).toBe(invoice.grossMinor - invoice.creditAppliedMinor);
            expect(invoice.totalMinor).toBeGreaterThanOrEqual(0);
            expect(invoice.creditAppliedMinor).toBe(sum(invoice.grantsUsed.map((use) => use.amountMinor)));
          });
      }),
      runs,
    );
  });

  it('no cycle is invoiced twice and none that passed while the license was current is left out', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const scenario = play(history);
        const indexes = scenario.all('InvoiceIssued').map((invoice) => invoice.cycle.index);
        expect(indexes).toEqual([...new Set(indexes)].sort((left, right) => left - right));
        if (scenario.all('LicenseExpired').length === 0) expect(indexes).toEqual(indexes.map((_, index) => index));
      }),
      runs,
    );
  });

  it('the active staff never exceed the seats by a command', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        play(history, ({ state }) => {
          const active = Object.values(state.staff).filter((member) => member.status === 'active').length;
          expect(state.activeStaff).toBe(active);
          expect(state.activeStaff).toBeLessThanOrEqual(state.seats);
        });
      }),
      runs,
    );
  });

  it('business time never goes back', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const times = play(history).events.map((event) => event.data.effectiveAt);
        expect(times).toEqual(times.toSorted());
      }),
      runs,
    );
  });

  it('a quote shows what the change then comes to', () => {
    const request = fc.record({
      seats: fc.integer({ min: 0, max: 12 }),
      planId: fc.constantFrom(undefined, 'team', 'pro'),
    });
    fc.assert(
      fc.property(histories(), request, (history, change) => {
        const scenario = play(history);
        const quoted = quote(change, scenario.state, { now: scenario.now, catalogue: scenario.catalogue });
        const balanceBefore = scenario.when({ type: 'RollForward' }).state.creditBalanceMinor;
        scenario.when({ type: 'ChangeSeats', ...change, quoteToken: quoted.quoteToken });
        expect(scenario.refusal).toEqual(quoted.refusal);
        expect(quoted.creditBalance.amount).toBe(scenario.state.creditBalanceMinor);
        expect(quoted.credit.amount).toBe(scenario.state.creditBalanceMinor - balanceBefore);
        if (quoted.refusal || !quoted.nextInvoice) return;
        const issuesAt = nextBoundaryOf(scenario.state);
        const { total, creditApplied } = quoted.nextInvoice;
        scenario.payAll();
        if (scenario.state.standing !== 'active') return;
        scenario.at(issuesAt).when({ type: 'RollForward' });
        expect(scenario.latest('InvoiceIssued')).toMatchObject({
          issuedOn: quoted.nextInvoice.issuesOn,
          totalMinor: total.amount,
          creditAppliedMinor: creditApplied.amount,
        });
      }),
      runs,
    );
  });

  it('rolling forward in one step or in many gives the same events', () => {
    fc.assert(
      fc.property(histories(), fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }), (history, pauses) => {
        const inMany = play(history);
        const inOne = play(history);
        for (const days of pauses) inMany.at(addDays(inMany.now.slice(0, 10), days)).when({ type: 'RollForward' });
        inOne.at(inMany.now).when({ type: 'RollForward' });
        expect(inMany.events).toEqual(inOne.events);
        expect(inOne.when({ type: 'RollForward' }).lastTypes).toEqual([]);
        const due = nextDueAt(inOne.state);
        if (due !== null) expect(due > inOne.now).toBe(true);
      }),
      runs,
    );
  });
});

describe('the credit of a cycle', () => {
  /** An independent reading of the rule: every day's unheld paid seats, counted day by day from the seats at its end. */
  function unusedSeatDays(state: LicenseState, moves: readonly LicenseEvent[], today: LocalDate): number {
    const { paid, timeZone } = state;
    if (!paid) return 0;
    const days = Array.from({ length: paid.cycle.days }, (_, index) => addDays(paid.cycle.startsOn, index));
    const seatsAt = (day: LocalDate) => {
      const upTo = moves.filter(({ data }) => localDateAt(data.effectiveAt, timeZone) <= day);
      const last = upTo.at(-1) as LicenseEvent<'SeatsReduced'> | undefined;
      return last?.data.to ?? paid.paidSeats;
    };
    return sum(days.map((day) => Math.max(0, paid.paidSeats - seatsAt(day <= today ? day : today))));
  }

  const moved = (event: LicenseEvent) => event.type === 'SeatsIncreased' || event.type === 'SeatsReduced';

  it('is what the unused paid seats cost, day by day, and lies between nothing and what was charged', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        play(history, ({ events, state, now }) => {
          const { paid } = state;
          if (!paid) return;
          const lastInvoice = events.findLastIndex((event) => event.type === 'InvoiceIssued');
          const issued = events[lastInvoice]!.data as LicenseEventData['InvoiceIssued'];
          const moves = events.slice(lastInvoice).filter(moved);
          const seatDays = unusedSeatDays(state, moves, localDateAt(now, state.timeZone));
          expect(paid.seatDays).toBe(seatDays);
          const credit = sum(creditMovements(moves).map(({ amountMinor }) => amountMinor));
          expect(credit).toBe(prorate(paid.unitPriceMinor, seatDays, paid.cycle.days));
          expect(credit).toBeGreaterThanOrEqual(0);
          expect(credit).toBeLessThanOrEqual(issued.grossMinor);
        });
      }),
      runs,
    );
  });

  const price = fc.integer({ min: 0, max: 100_000 });

  it('does not depend on the path: many small removals give what one gives', () => {
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 59 }),
        (unitPriceMinor, day, removed) => {
          const date = addDays('2026-06-01', day - 1);
          const byOne = Scenario.license({ unitPriceMinor }).payAll().at(date);
          for (let n = 1; n <= removed; n += 1) byOne.when({ type: 'ChangeSeats', seats: 60 - n });
          const atOnce = Scenario.license({ unitPriceMinor }).payAll().at(date);
          atOnce.when({ type: 'ChangeSeats', seats: 60 - removed });
          expect(byOne.state.creditBalanceMinor).toBe(atOnce.state.creditBalanceMinor);
        },
      ),
    );
  });

  it('nets to exactly zero when seats are removed and added back on one day', () => {
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 59 }),
        (unitPriceMinor, day, seats) => {
          const scenario = Scenario.license({ unitPriceMinor })
            .payAll()
            .at(addDays('2026-06-01', day - 1));
          scenario.when({ type: 'ChangeSeats', seats }).when({ type: 'ChangeSeats', seats: 60 });
          expect(scenario.state.creditBalanceMinor).toBe(0);
        },
      ),
    );
  });

  it('is nothing for seats that were added in the cycle', () => {
    fc.assert(
      fc.property(
        price,
        fc.array(fc.integer({ min: 61, max: 90 }), { minLength: 1, maxLength: 6 }),
        (unitPriceMinor, path) => {
          const scenario = Scenario.license({ unitPriceMinor }).payAll().at('2026-06-11');
          for (const seats of [...path, 60]) scenario.when({ type: 'ChangeSeats', seats });
          expect(creditMovements(scenario.events)).toEqual([]);
        },
      ),
    );
  });
});

function nextBoundaryOf(state: LicenseState): string {
  return state.paid === null ? state.effectiveAt : `${addDays(state.paid.cycle.endsOn, 1)}T00:00:00.000Z`;
}
