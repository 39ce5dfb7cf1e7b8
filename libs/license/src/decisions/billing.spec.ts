import { describeLicense } from '#license';
import { Scenario } from '#testing';

const payment = (amountMinor: number, invoiceNumber = 'ACME.EXAMPLE-0001', currency = 'USD') =>
  ({ type: 'RecordPayment', invoiceNumber, amountMinor, currency, method: 'card', reference: 'r-1' }) as const;
const view = (scenario: Scenario) => describeLicense(scenario.state, scenario.now);

describe('payments', () => {
  it('may come in parts and never exceed what is open', () => {
    const scenario = Scenario.license().when(payment(20_000));
    expect(scenario.latest('InvoicePaid')).toMatchObject({ amountMinor: 20_000, openMinor: 40_000 });
    expect(scenario.when(payment(40_001)).refusal).toMatchObject({
      code: 'overpayment',
      open: { amount: 40_000, currency: 'USD' },
    });
    expect(scenario.when(payment(40_000)).state.openInvoices).toEqual([]);
    expect(scenario.when(payment(1)).refusal?.code).toBe('overpayment');
  });

  it.each([
    ['an unknown invoice', payment(1, 'ACME.EXAMPLE-0002'), 'not-found'],
    ["another license's invoice", payment(1, 'OTHER.EXAMPLE-0001'), 'not-found'],
    ['another currency', payment(1, 'ACME.EXAMPLE-0001', 'EUR'), 'validation-failed'],
    ['nothing', payment(0), 'validation-failed'],
    ['less than nothing', payment(-5), 'validation-failed'],
    ['parts of a cent', payment(0.5), 'validation-failed'],
  ])('are refused for %s', (_, command, code) => {
    expect(Scenario.license().when(command).refusal?.code).toBe(code);
  });
});

describe('goodwill', () => {
  it('is used by the next invoice, oldest grant first', () => {
    const scenario = Scenario.license()
      .payAll()
      .when({ type: 'GrantCredit', amountMinor: 700, currency: 'USD', reason: 'an outage' })
      .at('2026-06-11')
      .when({ type: 'ChangeSeats', seats: 1 })
      .nextCycle();
    expect(scenario.latest('InvoiceIssued')).toMatchObject({
      grossMinor: 1000,
      totalMinor: 0,
      grantsUsed: [
        { entryNumber: 'ACME.EXAMPLE-C0001', amountMinor: 700 },
        { entryNumber: 'ACME.EXAMPLE-C0002', amountMinor: 300 },
      ],
      credit: { entryNumber: 'ACME.EXAMPLE-C0003', amountMinor: -1000 },
    });
    expect(scenario.state.openInvoices).toEqual([]);
  });

  it('is refused in another currency', () => {
    const scenario = Scenario.license().when({ type: 'GrantCredit', amountMinor: 1, currency: 'EUR', reason: 'x' });
    expect(scenario.refusal).toMatchObject({ code: 'validation-failed', errors: [{ path: 'amount.currency' }] });
  });
});

describe('billing details', () => {
  it('change what is given and keep the rest', () => {
    const scenario = Scenario.license().when({ type: 'ChangeBillingDetails', address: '1 High Street' });
    expect(scenario.state).toMatchObject({ address: '1 High Street', billingEmail: 'billing@acme.example' });
    expect(scenario.when({ type: 'ChangeBillingDetails', address: '1 High Street' }).lastTypes).toEqual([]);
  });
});

describe('an invoice that is not paid', () => {
  const statusAt = (instant: string, scenario = Scenario.license()) =>
    view(scenario.at(instant).when({ type: 'RollForward' })).status;

  it('makes the license past due and then expired, each from the first moment of a day', () => {
    expect(statusAt('2026-06-08T23:59:59.999Z')).toBe('active');
    expect(statusAt('2026-06-09T00:00:00.000Z')).toBe('past_due');
    expect(statusAt('2026-06-15T23:59:59.999Z')).toBe('past_due');
    expect(statusAt('2026-06-16T00:00:00.000Z')).toBe('expired');
  });

  it('counts the days in the time zone of the license', () => {
    const scenario = Scenario.license({ timeZone: 'America/New_York' });
    expect(statusAt('2026-06-09T03:59:59.999Z', scenario)).toBe('active');
    expect(statusAt('2026-06-09T04:00:00.000Z', scenario)).toBe('past_due');
  });

  it('lets a past due license work as before', () => {
    const scenario = Scenario.license().at('2026-06-10').when({ type: 'ChangeSeats', seats: 61 });
    expect(scenario.lastTypes).toEqual(['LicensePastDue', 'SeatsIncreased']);
  });

  it.each([
    { type: 'ChangeSeats', seats: 61 },
    { type: 'ChangePlan', planId: 'pro' },
    { type: 'AddStaff', staffId: 's9', person: { email: 'x@acme.example', name: 'X' }, role: 'agent' },
    { type: 'DisableStaff', staffId: 's1' },
  ] as const)('refuses $type once expired, and records the expiry all the same', (command) => {
    const scenario = Scenario.license().addStaff(1).at('2026-06-16').when(command);
    expect(scenario.refusal).toMatchObject({ code: 'license-expired', unpaidInvoices: ['ACME.EXAMPLE-0001'] });
    expect(scenario.lastTypes).toEqual(['LicensePastDue', 'LicenseExpired']);
  });

  it('becomes active when it is paid; the cycle that it paid for goes on', () => {
    const scenario = Scenario.license().at('2026-06-20').when(payment(60_000));
    expect(scenario.lastTypes).toEqual(['LicensePastDue', 'LicenseExpired', 'InvoicePaid', 'LicenseReactivated']);
    expect(view(scenario)).toMatchObject({ status: 'active', paidSeats: 60 });
  });

  it('issues nothing at boundaries that pass while expired, and the rest of the cycle when it comes back', () => {
    const scenario = Scenario.license().at('2026-07-11').when({ type: 'RollForward' });
    expect(scenario.lastTypes).toEqual(['LicensePastDue', 'LicenseExpired']);
    expect(view(scenario)).toMatchObject({ status: 'expired', paidSeats: 0, cycle: { index: 1 } });
    scenario.when(payment(60_000));
    expect(scenario.lastTypes).toEqual(['InvoicePaid', 'LicenseReactivated', 'InvoiceIssued']);
    expect(scenario.latest('InvoiceIssued')).toMatchObject({
      invoiceNumber: 'ACME.EXAMPLE-0002',
      issuedOn: '2026-07-11',
      cycle: { index: 1, startsOn: '2026-07-01', days: 31 },
      lines: [{ description: 'Team: 60 seats, 2026-07-11 to 2026-07-31 (21 of 31 days)', billedDays: 21 }],
      totalMinor: 40_645,
    });
    scenario.nextCycle();
    expect(scenario.latest('InvoiceIssued')).toMatchObject({ issuedOn: '2026-08-01', totalMinor: 60_000 });
  });

  it('takes up a plan that was to begin while it was expired', () => {
    const scenario = Scenario.license().when({ type: 'ChangePlan', planId: 'pro' }).at('2026-07-11');
    scenario.when(payment(60_000));
    expect(scenario.lastTypes.slice(-3)).toEqual(['LicenseReactivated', 'PlanChanged', 'InvoiceIssued']);
    expect(scenario.latest('InvoiceIssued').unitPriceMinor).toBe(2000);
  });

  it('credits no more than was charged for the rest of a cycle', () => {
    const scenario = Scenario.license().at('2026-07-11').when(payment(60_000)).payAll();
    scenario.when({ type: 'ChangeSeats', seats: 1 });
    expect(scenario.latest('SeatsReduced').credit?.amountMinor).toBe(39_968);
  });

  it('stays expired until every overdue invoice is paid', () => {
    const scenario = Scenario.license({ startedOn: '2026-02-01' });
    scenario
      .when({ type: 'ExtendDueDate', days: 15, reason: 'asked nicely' })
      .at('2026-03-12')
      .when({ type: 'RollForward' });
    expect(scenario.state.openInvoices).toHaveLength(2);
    expect(scenario.when(payment(60_000)).state.standing).toBe('expired');
    expect(scenario.when(payment(60_000, 'ACME.EXAMPLE-0002')).state.standing).toBe('active');
  });
});

describe('an extension', () => {
  const extend = { type: 'ExtendDueDate', days: 7, reason: 'asked nicely' } as const;

  it('moves both moments, once', () => {
    const scenario = Scenario.license().when(extend);
    expect(scenario.latest('LicenseExtended')).toMatchObject({ dueOnFrom: '2026-06-08', dueOnTo: '2026-06-15' });
    expect(scenario.when(extend).refusal?.code).toBe('invoice-already-extended');
    scenario.at('2026-06-23').when({ type: 'RollForward' });
    expect([scenario.latest('LicensePastDue').effectiveAt, scenario.latest('LicenseExpired').effectiveAt]).toEqual([
      '2026-06-16T00:00:00.000Z',
      '2026-06-23T00:00:00.000Z',
    ]);
  });

  it('brings an expired license back as far as the new dates go', () => {
    const scenario = Scenario.license().at('2026-06-16').when(extend);
    expect(scenario.latest('LicenseReactivated')).toMatchObject({ from: 'expired', to: 'past_due' });
    const sooner = Scenario.license().at('2026-06-15').when(extend);
    expect(sooner.latest('LicenseReactivated')).toMatchObject({ from: 'past_due', to: 'active' });
  });

  it.each([
    [{ days: 16 }, 'validation-failed'],
    [{ days: 0 }, 'validation-failed'],
    [{ invoiceNumber: 'ACME.EXAMPLE-0009' }, 'no-open-invoice'],
  ])('is refused for %j', (change, code) => {
    expect(Scenario.license().when({ ...extend, ...change }).refusal?.code).toBe(code);
  });

  it('needs an unpaid invoice', () => {
    expect(Scenario.license().payAll().when(extend).refusal?.code).toBe('no-open-invoice');
  });
});

describe('a cancellation', () => {
  const cancelled = () =>
    Scenario.license().payAll().at('2026-06-11').when({ type: 'CancelLicense', reason: 'moving' });

  it('ends the license with the cycle, and nothing is invoiced after', () => {
    const scenario = cancelled();
    expect(scenario.latest('LicenseCancelled')).toMatchObject({ endsOn: '2026-07-01', reason: 'moving' });
    expect(view(scenario)).toMatchObject({ status: 'cancelled', endsOn: '2026-07-01' });
    expect(scenario.at('2027-01-01').when({ type: 'RollForward' }).lastTypes).toEqual([]);
    expect(view(scenario).cycle.index).toBe(0);
  });

  it.each([
    { type: 'ChangeSeats', seats: 61 },
    { type: 'ChangePlan', planId: 'pro' },
    { type: 'CancelLicense' },
  ] as const)('refuses $type', (command) => {
    expect(cancelled().when(command).refusal?.code).toBe('license-cancelled');
  });

  it('leaves the staff alone until the end', () => {
    const scenario = cancelled().addStaff(1);
    expect(scenario.refusal).toBeNull();
    expect(scenario.at('2026-07-01').when({ type: 'DisableStaff', staffId: 's1' }).refusal?.code).toBe(
      'license-cancelled',
    );
  });

  it('does not spare an unpaid invoice its consequences before the end', () => {
    const scenario = Scenario.license().when({ type: 'CancelLicense' }).at('2026-06-20').when({ type: 'RollForward' });
    expect(scenario.lastTypes).toEqual(['LicensePastDue', 'LicenseExpired']);
    expect(scenario.when(payment(60_000)).lastTypes).toEqual(['InvoicePaid', 'LicenseReactivated']);
  });
});
