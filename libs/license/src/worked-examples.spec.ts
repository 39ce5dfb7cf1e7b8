import { nextInvoice } from '#license';
import { Scenario } from '#testing';

/** The worked examples of the domain rules, to the cent. Amounts are minor units. */
describe('worked examples', () => {
  const next = (scenario: Scenario) => {
    const invoice = nextInvoice(scenario.state, scenario.catalogue);
    if (!invoice) throw new Error('a current license has a next invoice');
    return {
      gross: invoice.gross.amount,
      creditApplied: invoice.creditApplied.amount,
      total: invoice.total.amount,
      creditBalanceAfter: invoice.creditBalanceAfter.amount,
    };
  };
  const issued = (scenario: Scenario) => {
    const { invoiceNumber, totalMinor, cycle } = scenario.latest('InvoiceIssued');
    return { invoiceNumber, totalMinor, startsOn: cycle.startsOn, endsOn: cycle.endsOn };
  };
  const reducedOnThe11th = () => Scenario.license().payAll().at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });

  it('1: sixty seats are invoiced in advance', () => {
    expect(issued(Scenario.license())).toEqual({
      invoiceNumber: 'ACME.EXAMPLE-0001',
      totalMinor: 600_00,
      startsOn: '2026-06-01',
      endsOn: '2026-07-01',
    });
  });

  it('2: seats that nobody uses are charged all the same', () => {
    const scenario = Scenario.license().at('2026-06-02').addStaff(48);
    expect(next(scenario).total).toBe(600_00);
    expect(issued(scenario.nextCycle())).toMatchObject({ totalMinor: 600_00, startsOn: '2026-07-01' });
  });

  it('3: twelve seats removed with 20 of 30 days left', () => {
    const scenario = reducedOnThe11th();
    const { computation, credit } = scenario.latest('SeatsReduced');
    expect(computation).toMatchObject({ remainingDays: 20, cycle: { days: 30 }, seatDaysAfter: 240 });
    expect(credit?.amountMinor).toBe(80_00);
    expect(next(scenario)).toEqual({ gross: 480_00, creditApplied: 80_00, total: 400_00, creditBalanceAfter: 0 });
    expect(issued(scenario.nextCycle()).totalMinor).toBe(400_00);
  });

  it('4: adding them back takes back the credit of the days that remain', () => {
    const scenario = reducedOnThe11th().at('2026-06-21').when({ type: 'ChangeSeats', seats: 60 });
    const { computation, credit, reinstatedSeats } = scenario.latest('SeatsIncreased');
    expect(computation).toMatchObject({ remainingDays: 10, seatDaysBefore: 240, seatDaysAfter: 120 });
    expect(credit).toMatchObject({ amountMinor: -40_00, balanceAfterMinor: 40_00 });
    expect(reinstatedSeats).toBe(12);
    expect(next(scenario)).toMatchObject({ gross: 600_00, creditApplied: 40_00, total: 560_00 });
  });

  const upAndDown = (seats: number) =>
    Scenario.license({ seats: 10 })
      .payAll()
      .at('2026-06-05')
      .when({ type: 'ChangeSeats', seats: 15 })
      .at('2026-06-20')
      .when({ type: 'ChangeSeats', seats });

  it('5: seats that were never charged go without credit', () => {
    const scenario = upAndDown(10);
    expect(scenario.latest('SeatsReduced').credit).toBeNull();
    expect(next(scenario).total).toBe(100_00);
  });

  it('6: below the paid seats the credit begins', () => {
    const scenario = upAndDown(8);
    expect(scenario.latest('SeatsReduced')).toMatchObject({
      computation: { remainingDays: 11, seatDaysAfter: 22 },
      credit: { amountMinor: 7_33 },
      creditedSeats: 2,
    });
    expect(next(scenario).total).toBe(72_67);
  });

  it('7: two removals round as one figure', () => {
    const scenario = Scenario.license({ startedOn: '2026-07-01', seats: 3, unitPriceMinor: 700 })
      .at('2026-07-02')
      .when({ type: 'ChangeSeats', seats: 2 })
      .at('2026-07-03')
      .when({ type: 'ChangeSeats', seats: 1 });
    expect(scenario.all('SeatsReduced').map(({ credit }) => credit?.amountMinor)).toEqual([6_77, 6_55]);
    expect(scenario.state.creditBalanceMinor).toBe(13_32);
  });

  it('8: what the next invoice does not need is carried over', () => {
    const scenario = Scenario.license({ seats: 3 }).when({ type: 'ChangeSeats', seats: 1 });
    expect(scenario.latest('SeatsReduced').credit?.amountMinor).toBe(20_00);
    expect(next(scenario)).toEqual({ gross: 10_00, creditApplied: 10_00, total: 0, creditBalanceAfter: 10_00 });
    expect(scenario.nextCycle().state).toMatchObject({ creditBalanceMinor: 10_00, openInvoices: [] });
  });

  it('9: a cycle from the end of February to the end of March', () => {
    const scenario = Scenario.license({ startedOn: '2026-01-31', seats: 5 }).nextCycle().payAll();
    expect(scenario.latest('InvoiceIssued').cycle).toEqual({
      index: 1,
      startsOn: '2026-02-28',
      endsOn: '2026-03-31',
      days: 31,
    });
    scenario.at('2026-03-01').when({ type: 'ChangeSeats', seats: 4 });
    expect(scenario.latest('SeatsReduced')).toMatchObject({
      computation: { remainingDays: 30 },
      credit: { amountMinor: 9_68 },
    });
  });

  it('10: a year', () => {
    const scenario = Scenario.license({
      startedOn: '2027-02-28',
      interval: 'year',
      seats: 10,
      unitPriceMinor: 100_00,
    }).payAll();
    scenario.at('2027-12-31').when({ type: 'ChangeSeats', seats: 9 });
    expect(scenario.latest('SeatsReduced')).toMatchObject({
      computation: { remainingDays: 59, cycle: { days: 365 } },
      credit: { amountMinor: 16_16 },
    });
  });
});
