import { quote } from '#license';
import { Scenario } from '#testing';

const paidLicense = (seats = 60) => Scenario.license({ seats }).payAll().at('2026-06-11');
const quoteOf = (scenario: Scenario, request: Parameters<typeof quote>[0]) =>
  quote(request, scenario.state, { now: scenario.now, catalogue: scenario.catalogue });

describe('changing seats', () => {
  it('says what was decided and from which figures', () => {
    const scenario = paidLicense().when({ type: 'ChangeSeats', seats: 48 });
    expect(scenario.latest('SeatsReduced')).toEqual({
      effectiveAt: '2026-06-11T09:00:00.000Z',
      changeId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      from: 60,
      to: 48,
      currency: 'USD',
      creditedSeats: 12,
      disabledStaff: [],
      computation: {
        cycle: { index: 0, startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 },
        paidSeats: 60,
        unitPriceMinor: 1000,
        remainingDays: 20,
        creditedSeatsBefore: 0,
        creditedSeatsAfter: 12,
        seatDaysBefore: 0,
        seatDaysAfter: 240,
      },
      credit: { entryNumber: 'ACME.EXAMPLE-C0001', amountMinor: 8000, balanceAfterMinor: 8000 },
      creditBalanceMinor: 8000,
    });
  });

  it('charges added seats from the next cycle on', () => {
    const scenario = paidLicense().when({ type: 'ChangeSeats', seats: 70 });
    expect(scenario.lastTypes).toEqual(['SeatsIncreased']);
    expect(scenario.latest('SeatsIncreased')).toMatchObject({ credit: null, reinstatedSeats: 0, grantsUsed: [] });
    expect(scenario.nextCycle().latest('InvoiceIssued').totalMinor).toBe(70_000);
  });

  it('takes credit back from the newest seat credits and leaves goodwill alone', () => {
    const scenario = paidLicense()
      .when({ type: 'ChangeSeats', seats: 50 })
      .when({ type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: 'an outage' })
      .when({ type: 'ChangeSeats', seats: 48 })
      .when({ type: 'ChangeSeats', seats: 53 });
    expect(scenario.latest('SeatsIncreased')).toMatchObject({
      credit: { amountMinor: -3333 },
      grantsUsed: [
        { entryNumber: 'ACME.EXAMPLE-C0003', amountMinor: 1333 },
        { entryNumber: 'ACME.EXAMPLE-C0001', amountMinor: 2000 },
      ],
    });
    expect(scenario.state.grants).toEqual([
      { entryNumber: 'ACME.EXAMPLE-C0001', kind: 'seats', remainingMinor: 4667 },
      { entryNumber: 'ACME.EXAMPLE-C0002', kind: 'goodwill', remainingMinor: 500 },
    ]);
  });

  it('is refused below the active staff, with the words and the way out', () => {
    const scenario = paidLicense().addStaff(48).when({ type: 'ChangeSeats', seats: 36 });
    expect(scenario.refusal).toMatchObject({ code: 'staff-count-exceeded', activeStaff: 48, seats: 36, disable: 12 });
    expect(scenario.refusal?.detail).toContain('Staff count exceeded. (48 > 36)');
    expect(scenario.refusal?.detail).toContain('Disable 12 staff members first');
    expect(scenario.state.seats).toBe(60);
  });

  it('disables the staff that a reduction names, in the same decision', () => {
    const scenario = paidLicense().addStaff(48);
    const disableStaff = Array.from({ length: 12 }, (_, index) => `s${index + 1}`);
    scenario.when({ type: 'ChangeSeats', seats: 36, disableStaff });
    expect(scenario.lastTypes).toEqual([...disableStaff.map(() => 'StaffDisabled'), 'SeatsReduced']);
    expect(scenario.latest('SeatsReduced').disabledStaff).toEqual(disableStaff);
    expect(scenario.state).toMatchObject({ seats: 36, activeStaff: 36 });
  });

  it('is refused below what the instance reports, which would lock it', () => {
    const scenario = paidLicense(5)
      .when({ type: 'ReportStaffCount', active: 3 })
      .when({ type: 'ChangeSeats', seats: 2 });
    expect(scenario.refusal).toMatchObject({ code: 'staff-count-exceeded', activeStaff: 3, seats: 2 });
  });

  it('changes seats and plan in one command, the plan from the next cycle on', () => {
    const scenario = paidLicense().when({ type: 'ChangeSeats', seats: 50, planId: 'pro' });
    expect(scenario.lastTypes).toEqual(['PlanChangeScheduled', 'SeatsReduced']);
    expect(scenario.nextCycle().latest('InvoiceIssued')).toMatchObject({ unitPriceMinor: 2000, grossMinor: 100_000 });
  });

  it.each([
    [{ seats: 60 }, 'seats-unchanged'],
    [{ seats: 0 }, 'validation-failed'],
    [{ seats: -3 }, 'validation-failed'],
    [{ seats: 1.5 }, 'validation-failed'],
    [{ seats: 1_000_001 }, 'validation-failed'],
    [{ seats: 61, disableStaff: ['s1'] }, 'validation-failed'],
    [{ seats: 50, disableStaff: ['nobody'] }, 'validation-failed'],
    [{ seats: 50, disableStaff: ['s1', 's1'] }, 'validation-failed'],
    [{ seats: 50, disableStaff: ['__proto__'] }, 'validation-failed'],
    [{ seats: 50, planId: 'nothing' }, 'validation-failed'],
  ])('refuses %j as %s', (change, code) => {
    const scenario = paidLicense().addStaff(2);
    const before = scenario.state;
    scenario.when({ type: 'ChangeSeats', ...change });
    expect(scenario.refusal?.code).toBe(code);
    expect(scenario.state).toEqual(before);
  });
});

describe('a quote', () => {
  it('shows the credit and the next invoice before anything is submitted', () => {
    expect(quoteOf(paidLicense(), { seats: 48 })).toMatchObject({
      from: 60,
      to: 48,
      credit: { amount: 8000, currency: 'USD' },
      creditBalance: { amount: 8000 },
      today: { amount: 0 },
      nextInvoice: { issuesOn: '2026-07-01', gross: { amount: 48_000 }, total: { amount: 40_000 } },
      refusal: null,
    });
  });

  it('shows why a change would be refused, and the figures without it', () => {
    const quoted = quoteOf(paidLicense().addStaff(48), { seats: 36 });
    expect(quoted).toMatchObject({ refusal: { code: 'staff-count-exceeded' }, credit: { amount: 0 } });
    expect(quoted.nextInvoice?.total.amount).toBe(60_000);
  });

  it('quotes a plan change', () => {
    expect(quoteOf(paidLicense(), { planId: 'pro' }).nextInvoice?.gross.amount).toBe(120_000);
  });

  it('needs something to quote', () => {
    expect(quoteOf(paidLicense(), {}).refusal?.code).toBe('validation-failed');
  });

  it('binds the change while its figures hold, and no longer', () => {
    const scenario = paidLicense();
    const { quoteToken } = quoteOf(scenario, { seats: 48 });
    scenario.at('2026-06-12').when({ type: 'ChangeSeats', seats: 48, quoteToken });
    expect(scenario.refusal).toMatchObject({ code: 'quote-stale', quote: { credit: { amount: 7600 } } });
    const fresh = scenario.refusal?.['quote'] as { quoteToken: string };
    scenario.when({ type: 'ChangeSeats', seats: 48, quoteToken: fresh.quoteToken });
    expect(scenario.lastTypes).toEqual(['SeatsReduced']);
  });

  it('is for one request: its token does not fit another', () => {
    const scenario = paidLicense();
    const { quoteToken } = quoteOf(scenario, { seats: 48 });
    scenario.when({ type: 'ChangeSeats', seats: 47, quoteToken });
    expect(scenario.refusal?.code).toBe('quote-stale');
  });
});

describe('changing the plan', () => {
  it('waits for the boundary, and a later choice replaces it', () => {
    const scenario = paidLicense().when({ type: 'ChangePlan', planId: 'pro' });
    expect(scenario.state).toMatchObject({
      planId: 'team',
      plannedChange: { planId: 'pro', effectiveOn: '2026-07-01' },
    });
    expect(scenario.when({ type: 'ChangePlan', planId: 'pro' }).refusal?.code).toBe('plan-unchanged');
    scenario.when({ type: 'ChangePlan', planId: 'team' });
    expect(scenario.state.plannedChange).toBeNull();
    scenario.when({ type: 'ChangePlan', planId: 'pro' }).nextCycle();
    expect(scenario.lastTypes).toEqual(['PlanChanged', 'InvoiceIssued']);
    expect(scenario.latest('PlanChanged').effectiveAt).toBe('2026-07-01T00:00:00.000Z');
    expect(scenario.state).toMatchObject({ planId: 'pro', plannedChange: null });
  });

  it('meets a new price of the catalogue at the renewal, and a late renewal the price of its day', () => {
    const scenario = paidLicense(1).payAll();
    const edition = (effectiveAt: string, amountMinor: number) => ({
      effectiveAt,
      name: 'Team',
      prices: [{ currency: 'USD', interval: 'month' as const, amountMinor }],
    });
    scenario.catalogue = new Map([
      [
        'team',
        [
          edition('2000-01-01T00:00:00.000Z', 1000),
          edition('2026-06-20T00:00:00.000Z', 1100),
          edition('2026-07-05T00:00:00.000Z', 1200),
        ],
      ],
    ]);
    scenario.at('2026-07-06').when({ type: 'RollForward' });
    expect(scenario.latest('InvoiceIssued')).toMatchObject({ issuedOn: '2026-07-01', unitPriceMinor: 1100 });
  });
});
