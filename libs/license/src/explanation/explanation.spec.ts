import fc from 'fast-check';
import { addDays } from '#calendar';
import type { CreditEntry, ExplainedCreditEntry } from '#contracts';
import {
  chargedCycle,
  creditStory,
  describeCreditEntry,
  describeInvoice,
  evolveInvoice,
  explainCredit,
  explainInvoice,
  invoiceHistory,
  invoiceStory,
  moveSeatUse,
  policiesInWords,
  seatUse,
  underPolicies,
  type ChargedCycle,
  type InvoiceHistory,
  type RecordedFact,
} from '#license';
import { histories, play, Scenario, type History } from '#testing';

/** What the words leave over: the entries' names beside amounts, and what people wrote. */
const leftOut = /“[^”]*”|\s*\([^()]*-C\d+\)/g;
const number = String.raw`\d+(?:\.\d+)?`;
const equation = new RegExp(
  String.raw`(${number}(?:\s*[×/+−]\s*${number})*)\s*=\s*(−?${number})(, rounded half up| [A-Z]{3}, rounded half up)?`,
  'g',
);

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const decimal = (text: string): Fraction => {
  const [whole = '', digits = ''] = text.split('.');
  return { over: BigInt(whole + digits), under: 10n ** BigInt(digits.length) };
};

/** An independent reading of the arithmetic in a sentence, in exact fractions. */
function valueOf(expression: string): Fraction {
  const terms = expression.replaceAll(' ', '').replaceAll('−', '+−').split('+');
  return terms.reduce<Fraction>(
    (sum, term) => {
      const sign = term.startsWith('−') ? -1n : 1n;
      const factors = term.replace('−', '').split(/(?=[×/])/);
      const product = factors.reduce<Fraction>(
        ({ over, under }, factor) => {
          const number = decimal(factor.replace(/^[×/]/, ''));
          return factor.startsWith('/')
            ? { over: over * number.under, under: under * number.over }
            : { over: over * number.over, under: under * number.under };
        },
        { over: sign, under: 1n },
      );
      return { over: sum.over * product.under + product.over * sum.under, under: sum.under * product.under };
    },
    { over: 0n, under: 1n },
  );
}

/** Computes every equation of a text again, to the last digit of its result; answers how many there were. */
function recompute(text: string): number {
  const found = [...text.replace(leftOut, '').matchAll(equation)];
  for (const [all, expression = '', result = '', rounded] of found) {
    const digits = result.split('.')[1]?.length ?? 0;
    const { over, under } = valueOf(expression);
    const scaled = over * 10n ** BigInt(digits);
    const isWhole = scaled % under === 0n;
    const value = isWhole ? scaled / under : (2n * scaled + under) / (2n * under);
    expect([all, BigInt(result.replace('.', '').replace('−', '-'))]).toEqual([all, value]);
    expect([all, rounded === undefined]).toEqual([all, isWhole]);
  }
  return found.length;
}

/** The first amount of money with its currency: what a sentence leads to. */
const leadsTo = (text: string, currency: string): string | undefined =>
  new RegExp(`(−?${number}) ${currency}`).exec(text.replace(leftOut, ''))?.[1];

const decimalOf = ({ amount, currency }: { amount: number; currency: string }): string => {
  const digits = { USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2;
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const point = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return amount < 0 ? `−${point}` : point;
};

function factsOf({ events }: Scenario): RecordedFact[] {
  return events.map((event, revision) => ({
    event,
    ...{ id: `event ${revision}`, stream: 'license-l', revision },
    recordedAt: '2026-12-31T00:00:00.000Z',
    actor: { id: 'ann', role: 'billing' },
  }));
}

function creditsOf(scenario: Scenario): ExplainedCreditEntry[] {
  const { licenseId, timeZone } = scenario.state;
  const entries: CreditEntry[] = [];
  return factsOf(scenario).flatMap((fact) => {
    const entry = describeCreditEntry(licenseId, fact.event, fact, entries.at(-1)?.hash ?? null);
    if (entry === null) return [];
    entries.push(entry);
    return [explainCredit(entry, fact, timeZone)];
  });
}

async function invoicesOf(scenario: Scenario) {
  const facts = factsOf(scenario);
  const numbers = scenario.all('InvoiceIssued').map(({ invoiceNumber }) => invoiceNumber);
  return Promise.all(
    numbers.map(async (number) => {
      const story = await invoiceStory(facts, number);
      if (story === null) throw new Error(`no ${number}`);
      return { number, story, explanation: explainInvoice(story) };
    }),
  );
}

function chargedCyclesOf(events: Scenario['events']): ChargedCycle[] {
  return events.reduce<ChargedCycle[]>((cycles, event) => {
    const last = cycles.at(-1);
    if (event.type === 'InvoiceIssued') return [...cycles, chargedCycle(event)];
    if (last === undefined || (event.type !== 'SeatsIncreased' && event.type !== 'SeatsReduced')) return cycles;
    return [...cycles.slice(0, -1), moveSeatUse(last, seatUse(event))];
  }, []);
}

/** A customer who pays and changes its mind: months with many changes of seats that are taken, and some goodwill. */
const busyMonths: fc.Arbitrary<History> = fc.record({
  terms: fc.record({
    startedOn: fc.constantFrom('2026-01-31', '2026-06-01', '2024-02-29'),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland'),
    seats: fc.integer({ min: 1, max: 10 }),
    unitPriceMinor: fc.constantFrom(0, 7, 700, 1000, 3333),
  }),
  steps: fc.array(
    fc.record({
      afterHours: fc.integer({ min: 0, max: 96 }),
      command: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ type: fc.constant('ChangeSeats' as const), seats: fc.integer({ min: 1, max: 12 }) }),
        },
        { weight: 4, arbitrary: fc.constant({ type: 'PayAll' as const }) },
        {
          weight: 1,
          arbitrary: fc.record({
            type: fc.constant('GrantCredit' as const),
            amountMinor: fc.integer({ min: 1, max: 5_000 }),
            currency: fc.constant('USD'),
            reason: fc.constant('sorry'),
          }),
        },
      ),
    }),
    { minLength: 20, maxLength: 40 },
  ),
});
const anyHistory = fc.oneof(histories(), busyMonths);

/** The same history in another currency. */
function inCurrency({ terms, steps }: History, currency: string): History {
  return {
    terms: { ...terms, currency },
    steps: steps.map((step) =>
      'currency' in step.command ? { ...step, command: { ...step.command, currency } } : step,
    ),
  };
}

describe('in words', () => {
  const words = (scenario: Scenario) => creditsOf(scenario).map(({ explanation }) => explanation);
  const june = (terms: Parameters<typeof Scenario.license>[0] = {}) => Scenario.license(terms).payAll();
  const lines = async (scenario: Scenario) =>
    (await invoicesOf(scenario)).flatMap(({ explanation }) => explanation.lines.map((line) => line.explanation));
  const last = <T>(items: readonly T[]): T | undefined => items.at(-1);

  it('is the credit of removed seats', () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    expect(words(scenario)).toEqual([
      '12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left, 12 × 10.00 × 20/30 = 80.00 USD. Balance: 0.00 + 80.00 = 80.00 USD.',
    ]);
  });

  it('is the credit that comes back with the seats', () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    scenario.at('2026-06-21').when({ type: 'ChangeSeats', seats: 65 });
    expect(last(words(scenario))).toBe(
      '17 seats added on 21 June 2026 (48 to 65). 5 of them are charged from the next cycle on, with nothing for the rest of this one; ' +
        'the other 12 of 60 paid seats came back: 10 of 30 days left, so 240 − 12 × 10 = 120 seat-days are credited in this cycle. ' +
        'They are worth 10.00 × 120/30 = 40.00; those before were worth 10.00 × 240/30 = 80.00; 40.00 − 80.00 = −40.00 USD. ' +
        'Taken back, newest grant first: 40.00 USD (ACME.EXAMPLE-C0001). Balance: 80.00 − 40.00 = 40.00 USD.',
    );
  });

  it('tells seats that were never charged from those that were', () => {
    const scenario = june({ seats: 10 }).at('2026-06-05').when({ type: 'ChangeSeats', seats: 15 });
    scenario.at('2026-06-20').when({ type: 'ChangeSeats', seats: 8 });
    expect(words(scenario)).toEqual([
      '7 seats removed on 20 June 2026 (15 to 8). 5 of them were added in this cycle and not charged, and earn nothing; ' +
        'for the other 2 of 10 paid seats: 11 of 30 days left, 2 × 10.00 × 11/30 = 7.33 USD, rounded half up. Balance: 0.00 + 7.33 = 7.33 USD.',
    ]);
  });

  it('says each rounding of a second removal', () => {
    const scenario = june({ seats: 3, startedOn: '2026-01-01', unitPriceMinor: 700 });
    scenario.at('2026-01-02').when({ type: 'ChangeSeats', seats: 2 });
    scenario.at('2026-01-03').when({ type: 'ChangeSeats', seats: 1 });
    expect(last(words(scenario))).toBe(
      '1 of 3 paid seats removed on 3 January 2026: 29 of 31 days left, so 30 + 1 × 29 = 59 seat-days are credited in this cycle. ' +
        'They are worth 7.00 × 59/31 = 13.32, rounded half up; those before were worth 7.00 × 30/31 = 6.77, rounded half up; 13.32 − 6.77 = 6.55 USD. ' +
        'Balance: 6.77 + 6.55 = 13.32 USD.',
    );
  });

  it('is goodwill with its reason, and which grants an invoice took', () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    const goodwill = { type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: '2 + 2 = 5' } as const;
    scenario.at('2026-06-12').when(goodwill).nextCycle();
    expect(words(scenario).slice(1)).toEqual([
      'Goodwill credit of 5.00 USD granted on 12 June 2026, for the reason “2 + 2 = 5”. Balance: 80.00 + 5.00 = 85.00 USD.',
      'Set against invoice ACME.EXAMPLE-0002, oldest grant first: 80.00 (ACME.EXAMPLE-C0001) + 5.00 (ACME.EXAMPLE-C0002) = 85.00 USD. Balance: 85.00 − 85.00 = 0.00 USD.',
    ]);
  });

  it.each([
    ['JPY', 1000, '12 × 1000 × 20/30 = 8000 JPY'],
    ['KWD', 1001, '12 × 1.001 × 20/30 = 8.008 KWD'],
  ])('has the digits of %s', (currency, unitPriceMinor, sentence) => {
    const scenario = june({ currency, unitPriceMinor }).at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    expect(words(scenario)[0]).toContain(sentence);
  });

  it('is a line: what it charges, where its seats come from, and why its price changed', async () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    scenario.at('2026-06-20').when({ type: 'ChangeSeats', seats: 50, planId: 'pro' }).nextCycle().nextCycle();
    expect(await lines(scenario)).toEqual([
      '60 seats at 10.00 per seat and month for the cycle of 1 June 2026 to 30 June 2026: 60 × 10.00 = 600.00 USD. The seats are those at the registration.',
      '50 seats at 20.00 per seat and month for the cycle of 1 July 2026 to 31 July 2026: 50 × 20.00 = 1000.00 USD. ' +
        'Seats: 60 on the invoice before, −12 on 11 June 2026, +2 on 20 June 2026: 60 − 12 + 2 = 50. ' +
        'The plan changed from team to pro on 1 July 2026, as planned; the price per seat went from 10.00 to 20.00.',
      '50 seats at 20.00 per seat and month for the cycle of 1 August 2026 to 31 August 2026: 50 × 20.00 = 1000.00 USD. The seats are those on the invoice before.',
    ]);
  });

  it('is a price that the catalogue changed', async () => {
    const scenario = june({ seats: 2 });
    const dearer = {
      effectiveAt: '2026-06-15T00:00:00.000Z',
      name: 'Team',
      prices: [{ currency: 'USD', interval: 'month' as const, amountMinor: 1200 }],
    };
    scenario.catalogue = new Map([['team', [...(scenario.catalogue.get('team') ?? []), dearer]]]);
    expect(last(await lines(scenario.nextCycle()))).toContain(
      "The catalogue's price of the plan team went from 10.00 to 12.00 since the invoice before.",
    );
  });

  it('is the rest of a cycle after an expiry', async () => {
    const scenario = Scenario.license({ seats: 5 }).at('2026-07-19').payAll();
    expect(last(await lines(scenario))).toBe(
      "5 seats at 10.00 per seat and month for 19 July 2026 to 31 July 2026, 13 of the cycle's 31 days, since the license came back in the course of the cycle: " +
        '5 × 10.00 × 13/31 = 20.97 USD, rounded half up. The seats are those on the invoice before.',
    );
  });

  it('is a grant of which a part was taken before', async () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    scenario.at('2026-06-21').when({ type: 'ChangeSeats', seats: 60 }).nextCycle();
    const { explanation } = last(await invoicesOf(scenario))!;
    expect(explanation.credits.map((credit) => credit.explanation)).toEqual([
      '12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left, 12 × 10.00 × 20/30 = 80.00 USD. ' +
        'Of it, 80.00 − 40.00 (ACME.EXAMPLE-C0002) = 40.00 USD were left, and 40.00 USD are used here.',
    ]);
  });

  it('leads from the charge to what is open', async () => {
    const scenario = june().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    scenario.at('2026-07-02').when({ type: 'RollForward' });
    const pay = (amountMinor: number) =>
      scenario.when({
        ...{ type: 'RecordPayment', invoiceNumber: 'ACME.EXAMPLE-0002', amountMinor, currency: 'USD' },
        ...{ method: 'card', reference: 'r 1' },
      });
    pay(10_000).when({ type: 'ExtendDueDate', days: 5, reason: 'asked nicely' });
    pay(20_000);
    const { explanation } = last(await invoicesOf(scenario))!;
    expect(explanation.summary).toEqual([
      'Credit: of a balance of 80.00 USD, 80.00 USD are set against it; 80.00 − 80.00 = 0.00 USD are left.',
      'Total: 480.00 − 80.00 = 400.00 USD.',
      'Issued on 1 July 2026, due on 8 July 2026 at first, and on 13 July 2026 since it was extended.',
      'Paid: 100.00 + 200.00 = 300.00 USD. Open: 400.00 − 300.00 = 100.00 USD.',
    ]);
    expect(explanation.payments[1]?.explanation).toBe(
      '200.00 USD recorded on 2 July 2026 as paid by “card”, reference “r 1”. Open after it: 300.00 − 200.00 = 100.00 USD.',
    );
    expect(explanation.extensions[0]?.explanation).toBe(
      'Moved by 5 days, from 8 July 2026 to 13 July 2026, for the reason “asked nicely”.',
    );
  });
});

describe('whatever happens to a license', () => {
  const currencies = fc.constantFrom('USD', 'JPY', 'KWD');
  const runs = { numRuns: 150 };

  it('the words of each credit entry compute to its amount', () => {
    fc.assert(
      fc.property(anyHistory, currencies, (history, currency) => {
        for (const { amount, explanation, kind, computation } of creditsOf(play(inCurrency(history, currency)))) {
          const sign = kind === 'applied' ? -1 : 1;
          expect([explanation, leadsTo(explanation, currency)]).toEqual([
            explanation,
            decimalOf({ amount: sign * amount.amount, currency }),
          ]);
          expect(recompute(explanation)).toBeGreaterThanOrEqual(computation === null ? 1 : 2);
        }
      }),
      runs,
    );
  });

  it('the words of each invoice compute to its lines, its total and what is open', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, currencies, async (history, currency) => {
        const scenario = play(inCurrency(history, currency));
        for (const { story, explanation } of await invoicesOf(scenario)) {
          for (const { explanation: words, amount, seatChanges } of explanation.lines) {
            expect(leadsTo(words, currency)).toBe(decimalOf(amount));
            expect(recompute(words)).toBe(seatChanges.length > 0 ? 2 : 1);
            for (const change of seatChanges) {
              const moved = recompute(change.explanation);
              if (moved > 0) expect(leadsTo(change.explanation, currency)).toBe(decimalOf(change.credit));
              else expect(change.credit.amount).toBe(0);
            }
          }
          for (const credit of explanation.credits) {
            expect(leadsTo(credit.explanation, currency)).toBe(decimalOf(credit.granted));
            recompute(credit.explanation);
            if (credit.usedBefore.length > 0 || credit.used.amount < credit.granted.amount) {
              expect(credit.explanation).toContain(`${decimalOf(credit.used)} ${currency} are used here`);
            }
          }
          for (const payment of explanation.payments) {
            expect(leadsTo(payment.explanation, currency)).toBe(decimalOf(payment.amount));
            expect(recompute(payment.explanation)).toBe(1);
          }
          const { open, total } = describeInvoice(invoiceHistory(story), scenario.state, '2026-01-01');
          const [, totalWords = '', , openWords = ''] = explanation.summary;
          expect(totalWords).toContain(`= ${decimalOf(total)} ${currency}.`);
          if (total.amount === 0) expect(openWords).toBe('Nothing is open.');
          else
            expect(openWords).toMatch(
              new RegExp(`${story.payments.length > 0 ? '= ' : 'Open: '}${decimalOf(open)} ${currency}.$`),
            );
          for (const sentence of explanation.summary) recompute(sentence);
        }
      }),
      runs,
    );
  });

  it('the grants that paid an invoice are all told, and each was granted by then', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        for (const { story, explanation } of await invoicesOf(play(history))) {
          const { data } = story.issued.event;
          const used = explanation.credits.reduce((sum, credit) => sum + credit.used.amount, 0);
          expect(used).toBe(data.creditAppliedMinor);
          for (const { granted, used: here, usedBefore, effectiveAt } of explanation.credits) {
            const before = usedBefore.reduce((sum, use) => sum + use.amount.amount, 0);
            expect(before + here.amount).toBeLessThanOrEqual(granted.amount);
            expect(effectiveAt <= data.effectiveAt).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('the story of an invoice comes to what a fold of its events does, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxSteps: 15 }), fc.nat(200), async (history, days) => {
        const scenario = play(history);
        const until = `${addDays(scenario.state.startedOn, days)}T12:00:00.000Z`;
        const facts = factsOf(scenario).filter(({ event }) => event.data.effectiveAt <= until);
        for (const { invoiceNumber } of scenario.all('InvoiceIssued')) {
          const folded = facts.reduce<InvoiceHistory | null>(
            (known, { event }) => evolveInvoice(known, invoiceNumber, event),
            null,
          );
          const story = await invoiceStory(facts, invoiceNumber);
          expect(story && invoiceHistory(story)).toEqual(folded);
        }
      }),
      runs,
    );
  });

  it('what became of a grant adds up to what is left of it', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        const scenario = play(history);
        const { grants, currency } = scenario.state;
        for (const { entryId, amount } of creditsOf(scenario)) {
          const story = await creditStory(factsOf(scenario), entryId);
          const left = grants.find(({ entryNumber }) => entryNumber === entryId)?.remainingMinor ?? 0;
          expect(story?.remainder?.amount).toEqual(amount.amount > 0 ? { amount: left, currency } : undefined);
          if (!story?.remainder) continue;
          expect(leadsTo(story.remainder.explanation, currency)).toBe(decimalOf(story.remainder.amount));
          expect(recompute(story.remainder.explanation)).toBe(story.takings.length > 0 ? 1 : 0);
        }
      }),
      runs,
    );
  });

  it('the words of each policy compute to its figure', () => {
    fc.assert(
      fc.property(anyHistory, currencies, (history, currency) => {
        const { events } = play(inCurrency(history, currency));
        for (const charged of chargedCyclesOf(events)) {
          const { nextCycleMinor, proratedMinor, highWaterMinor } = underPolicies(charged);
          const words = policiesInWords(charged);
          for (const [text, amount] of [
            [words.nextCycle, nextCycleMinor],
            [words.proratedIncreases, proratedMinor],
            [words.highWaterMark, highWaterMinor],
          ] as const) {
            expect(text.match(new RegExp(`(−?${number}) ${currency}[^A-Z]*$`))?.[1]).toBe(
              decimalOf({ amount, currency }),
            );
            recompute(text);
          }
        }
      }),
      runs,
    );
  });

  it('everything says who asked for it and when', async () => {
    const event = expect.objectContaining({
      ...{ stream: 'license-l', actor: { id: 'ann', role: 'billing' }, recordedAt: '2026-12-31T00:00:00.000Z' },
    }) as object;
    await fc.assert(
      fc.asyncProperty(histories({ maxSteps: 15 }), async (history) => {
        for (const { story, explanation } of await invoicesOf(play(history))) {
          const issued = story.issued.event.data;
          expect(explanation.issued).toEqual({ ...explanation.issued, effectiveAt: issued.effectiveAt });
          const told = [
            ...explanation.lines.flatMap((line) => [
              line,
              ...line.seatChanges,
              ...(line.planChange ? [line.planChange] : []),
            ]),
            ...explanation.credits,
            ...explanation.payments,
            ...explanation.extensions,
          ];
          for (const each of told) expect(each.event).toEqual(event);
        }
      }),
      { numRuns: 30 },
    );
  });
});
