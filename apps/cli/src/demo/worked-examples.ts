import { Customer } from './customer.js';
import { show, type Stage, type Story } from './story.js';

interface Example {
  readonly title: string;
  readonly seats: number;
  readonly startedOn: string;
  readonly planId?: string;
  readonly interval?: string;
  /** Seat changes by date, each with the credit that the rules give. */
  readonly changes?: readonly { readonly on: string; readonly seats: number; readonly credit: string }[];
  /** The invoice that follows, as it is issued at the boundary. */
  readonly next?: { readonly on: string; readonly gross: string; readonly total: string; readonly balance?: string };
  readonly first?: string;
}

const june = { startedOn: '2026-06-01' };

const examples: readonly Example[] = [
  { ...june, title: '1. 60 seats from 1 June', seats: 60, first: '600.00 USD' },
  {
    ...june,
    title: '2. 48 of the 60 are used, nobody reduces',
    seats: 60,
    next: { on: '2026-07-01', gross: '600.00 USD', total: '600.00 USD' },
  },
  {
    ...june,
    title: '3. on 11 June down to 48',
    seats: 60,
    changes: [{ on: '2026-06-11', seats: 48, credit: '80.00 USD' }],
    next: { on: '2026-07-01', gross: '480.00 USD', total: '400.00 USD' },
  },
  {
    ...june,
    title: '4. as 3, and on 21 June back up to 60',
    seats: 60,
    changes: [
      { on: '2026-06-11', seats: 48, credit: '80.00 USD' },
      { on: '2026-06-21', seats: 60, credit: '-40.00 USD' },
    ],
    next: { on: '2026-07-01', gross: '600.00 USD', total: '560.00 USD' },
  },
  {
    ...june,
    title: '5. 10 seats, on the 5th up to 15, on the 20th down to 10',
    seats: 10,
    changes: [
      { on: '2026-06-05', seats: 15, credit: '0.00 USD' },
      { on: '2026-06-20', seats: 10, credit: '0.00 USD' },
    ],
    next: { on: '2026-07-01', gross: '100.00 USD', total: '100.00 USD' },
  },
  {
    ...june,
    title: '6. as 5, but on the 20th down to 8',
    seats: 10,
    changes: [
      { on: '2026-06-05', seats: 15, credit: '0.00 USD' },
      { on: '2026-06-20', seats: 8, credit: '7.33 USD' },
    ],
    next: { on: '2026-07-01', gross: '80.00 USD', total: '72.67 USD' },
  },
  {
    title: '7. 3 seats at 7.00, a month of 31 days, one removed on the 2nd and on the 3rd',
    seats: 3,
    planId: 'demo-seven',
    startedOn: '2026-07-01',
    changes: [
      { on: '2026-07-02', seats: 2, credit: '6.77 USD' },
      { on: '2026-07-03', seats: 1, credit: '6.55 USD' },
    ],
  },
  {
    ...june,
    title: '8. 3 seats, down to 1 on the first day',
    seats: 3,
    changes: [{ on: '2026-06-01', seats: 1, credit: '20.00 USD' }],
    next: { on: '2026-07-01', gross: '10.00 USD', total: '0.00 USD', balance: '10.00 USD' },
  },
  {
    title: '9. 5 seats from 31 January; in its second cycle, on 1 March, down to 4',
    seats: 5,
    startedOn: '2026-01-31',
    changes: [{ on: '2026-03-01', seats: 4, credit: '9.68 USD' }],
  },
  {
    title: '10. 10 seats at 100.00 a year from 28 February 2027; on 31 December down to 9',
    seats: 10,
    planId: 'demo-year',
    interval: 'year',
    startedOn: '2027-02-28',
    changes: [{ on: '2027-12-31', seats: 9, credit: '16.16 USD' }],
  },
];

/** The ten worked examples of the rules, each on a license of its own. */
export function workedExamples(domainOf: (n: number) => string): Story[] {
  return examples.map((example, index) => tell(example, new Customer(domainOf(index + 1))));
}

/** What the examples buy: 10.00 a month, 7.00 a month, 100.00 a year. */
export async function definePlans({ api }: Stage): Promise<void> {
  const plan = (planId: string, name: string, interval: string, amount: number) =>
    api.put(`/v1/plans/${planId}`, { name, prices: [{ currency: 'USD', interval, amount }] });
  await plan('demo-ten', 'Professional', 'month', 10_00);
  await plan('demo-seven', 'Starter', 'month', 7_00);
  await plan('demo-year', 'Professional, yearly', 'year', 100_00);
}

function tell(example: Example, customer: Customer): Story {
  const { planId = 'demo-ten', seats, startedOn, changes = [], next, first, ...terms } = example;
  const start = {
    at: `${startedOn}T00:00:00.000Z`,
    async act(stage: Stage) {
      await customer.register(stage.api, {
        planId,
        seats,
        startedOn,
        ...(terms.interval && { interval: terms.interval }),
      });
      const invoice = await customer.newestInvoice(stage.api);
      if (first)
        stage.figure(`invoice 1 for ${invoice.cycle.startsOn}..${invoice.cycle.endsOn}`, show(invoice.total), first);
      await customer.pay(stage.api);
    },
  };
  const moves = changes.map((change) => ({
    at: change.on,
    async act(stage: Stage) {
      await customer.pay(stage.api);
      const changed = await customer.changeSeats(stage.api, { seats: change.seats });
      stage.figure(`${change.on}: ${changed.from} → ${changed.to} seats, credit`, show(changed.credit), change.credit);
    },
  }));
  const boundary = next && {
    at: `${next.on}T00:00:00.000Z`,
    async act(stage: Stage) {
      const invoice = await customer.newestInvoice(stage.api);
      stage.figure(`${next.on}: invoice of ${show(invoice.gross)}, to pay`, show(invoice.total), next.total);
      const { creditBalance } = await customer.current(stage.api);
      if (next.balance) stage.figure('balance left', show(creditBalance), next.balance);
      await customer.pay(stage.api);
    },
  };
  return { title: example.title, steps: [start, ...moves, ...(boundary ? [boundary] : [])] };
}
