import fc from 'fast-check';
import { addHours } from '#calendar';
import type { LicenseCommand } from '#license';
import { Scenario } from './scenario.js';

/** One step of a history: time passes, then somebody asks for something, sensible or not. */
export interface Step {
  readonly afterHours: number;
  readonly command: LicenseCommand | { readonly type: 'PayAll' };
}

export interface History {
  readonly terms: Partial<LicenseCommand<'RegisterLicense'>> & { readonly unitPriceMinor: number };
  readonly steps: readonly Step[];
}

const staffId = fc.constantFrom('s1', 's2', 's3', 's4', 's5');
const planId = fc.constantFrom('team', 'pro', 'no-such-plan');

const seatChange = fc.record({
  type: fc.constant('ChangeSeats' as const),
  seats: fc.integer({ min: 0, max: 12 }),
  disableStaff: fc.option(fc.uniqueArray(staffId, { maxLength: 2 }), { nil: undefined }),
  planId: fc.option(planId, { nil: undefined }),
});

const command: fc.Arbitrary<Step['command']> = fc.oneof(
  { weight: 8, arbitrary: seatChange },
  { weight: 4, arbitrary: fc.constant({ type: 'PayAll' as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('ChangePlan' as const), planId }) },
  {
    weight: 3,
    arbitrary: staffId.map((id) => ({
      type: 'AddStaff' as const,
      staffId: id,
      person: { email: `${id}@acme.example`, name: id },
      role: 'agent' as const,
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('DisableStaff', 'EnableStaff', 'RemoveStaff'), staffId }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'ErasePersonalData' as const }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('ReportStaffCount' as const), active: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('GrantCredit' as const),
      amountMinor: fc.integer({ min: 1, max: 20_000 }),
      currency: fc.constantFrom('USD', 'USD', 'EUR'),
      reason: fc.constant('sorry'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('RecordPayment' as const),
      invoiceNumber: fc.constantFrom('ACME.EXAMPLE-0001', 'ACME.EXAMPLE-0002', 'OTHER.EXAMPLE-0001'),
      amountMinor: fc.integer({ min: 1, max: 3_000 }),
      currency: fc.constant('USD'),
      method: fc.constant('card'),
      reference: fc.constant('r'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('ExtendDueDate' as const),
      days: fc.integer({ min: 1, max: 16 }),
      reason: fc.constant('asked nicely'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'RollForward' as const }) },
);

/** What happens over months to one license: everything that can be asked for, at any pace. */
export function histories(options: { maxSteps?: number } = {}): fc.Arbitrary<History> {
  return fc.record({
    terms: fc.record({
      startedOn: fc.constantFrom('2026-01-31', '2026-02-28', '2026-06-01', '2024-02-29', '2026-12-15'),
      interval: fc.constantFrom('month' as const, 'month' as const, 'year' as const),
      timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'),
      seats: fc.integer({ min: 1, max: 10 }),
      unitPriceMinor: fc.constantFrom(0, 1, 7, 700, 1000, 3333, 9999),
    }),
    steps: fc.array(
      fc.record({ afterHours: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 * 24 })), command }),
      { minLength: 1, maxLength: options.maxSteps ?? 30 },
    ),
  });
}

/** Plays a history and calls `observe` after each step. */
export function play(history: History, observe: (scenario: Scenario, step: Step) => void = () => undefined): Scenario {
  const scenario = Scenario.license(history.terms);
  for (const step of history.steps) {
    scenario.at(addHours(scenario.now, step.afterHours));
    if (step.command.type === 'PayAll') scenario.payAll();
    else scenario.when(step.command);
    observe(scenario, step);
  }
  return scenario;
}
