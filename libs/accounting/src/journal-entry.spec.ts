import fc from 'fast-check';
import { journalEntryOf, trialBalance, type Entry, type Movement } from '#accounting';
import { ACCOUNTS, type Account } from '#contracts';
import { evolve, type LicenseEvent, type LicenseHistory } from '#license';
import { histories, play, Scenario, type History } from '#testing';

/** `Dr receivable 400.00` as text, so that an entry reads as in a book. */
const book = (entry: Entry | null) =>
  entry?.lines.map(({ account, debitMinor, creditMinor }) =>
    debitMinor > 0 ? `Dr ${account} ${debitMinor}` : `Cr ${account} ${creditMinor}`,
  ) ?? null;

const entriesOf = (events: readonly LicenseEvent[]) => events.flatMap((event) => journalEntryOf(event) ?? []);
const movements = (entries: readonly Entry[]): Movement[] =>
  entries.flatMap(({ currency, lines }) => lines.map((line) => ({ currency, ...line })));

describe('what an event books', () => {
  const june = Scenario.license().payAll();
  const last = (scenario: Scenario) => journalEntryOf(scenario.events.at(-1)!);

  it('an invoice: what is owed, against revenue', () => {
    const [invoice, payment] = entriesOf(june.events);
    expect(invoice).toMatchObject({ kind: 'invoice', document: 'ACME.EXAMPLE-0001', currency: 'USD' });
    expect(book(invoice!)).toEqual(['Dr receivable 60000', 'Cr revenue 60000']);
    expect(payment).toMatchObject({ kind: 'payment', document: 'ACME.EXAMPLE-0001' });
    expect(book(payment!)).toEqual(['Dr cash 60000', 'Cr receivable 60000']);
  });

  it('seats given back, and taken back; and the invoice that uses what is left', () => {
    const scenario = Scenario.license().payAll();
    scenario.at('2026-06-11').when({ type: 'ChangeSeats', seats: 48 });
    expect(last(scenario)).toMatchObject({ kind: 'seat-credit', document: 'ACME.EXAMPLE-C0001' });
    expect(book(last(scenario))).toEqual(['Dr revenue 8000', 'Cr customer-credit 8000']);
    scenario.at('2026-06-21').when({ type: 'ChangeSeats', seats: 60 });
    expect(last(scenario)).toMatchObject({ kind: 'seat-credit-reversal', document: 'ACME.EXAMPLE-C0002' });
    expect(book(last(scenario))).toEqual(['Cr revenue 4000', 'Dr customer-credit 4000']);
    scenario.at('2026-07-01').when({ type: 'RollForward' });
    expect(book(last(scenario))).toEqual(['Dr receivable 56000', 'Dr customer-credit 4000', 'Cr revenue 60000']);
  });

  it('an invoice that credit covers altogether owes nothing', () => {
    const scenario = Scenario.license({ seats: 3 }).payAll().when({ type: 'ChangeSeats', seats: 1 });
    scenario.at('2026-07-01').when({ type: 'RollForward' });
    expect(book(last(scenario))).toEqual(['Dr customer-credit 1000', 'Cr revenue 1000']);
  });

  it('goodwill: an expense, not less revenue', () => {
    const scenario = Scenario.license();
    scenario.when({ type: 'GrantCredit', amountMinor: 500, currency: 'USD', reason: 'an outage' });
    expect(last(scenario)).toMatchObject({ kind: 'goodwill', document: 'ACME.EXAMPLE-C0001' });
    expect(book(last(scenario))).toEqual(['Dr goodwill-expense 500', 'Cr customer-credit 500']);
  });

  it('what another system was paid for is told apart', () => {
    const moved = Scenario.license({ paidThrough: '2026-06-02' });
    expect(entriesOf(moved.events).map(({ kind }) => kind)).toEqual(['invoice', 'paid-elsewhere']);
    expect(book(last(moved))).toEqual(['Dr cash 60000', 'Cr receivable 60000']);
  });

  it('the rest of a cycle, when a license comes back in the middle of it', () => {
    const scenario = Scenario.license().at('2026-07-10').when({ type: 'RollForward' }).payAll();
    expect(scenario.lastTypes).toEqual(['InvoicePaid', 'LicenseReactivated', 'InvoiceIssued']);
    // 22 of 31 days of July.
    expect(book(last(scenario))).toEqual(['Dr receivable 42581', 'Cr revenue 42581']);
  });

  it('seats and invoices that move no money make no entry', () => {
    const free = Scenario.license({ unitPriceMinor: 0 }).when({ type: 'ChangeSeats', seats: 1 });
    expect(entriesOf(free.events)).toEqual([]);
    expect(journalEntryOf(june.events[0]!)).toBeNull();
  });

  it('figures that do not add up are refused', () => {
    const { grossMinor } = june.latest('InvoiceIssued');
    const wrong = (totalMinor: number): LicenseEvent => ({
      type: 'InvoiceIssued',
      data: { ...june.latest('InvoiceIssued'), totalMinor },
    });
    expect(() => journalEntryOf(wrong(grossMinor - 1))).toThrow(
      'the entry of ACME.EXAMPLE-0001 does not balance: receivable 59999, customer-credit 0, revenue -60000',
    );
    expect(() => journalEntryOf(wrong(Number.NaN))).toThrow('does not balance');
  });
});

describe('whatever happens to licenses', () => {
  const anyLicense = fc
    .tuple(
      histories(),
      fc.constantFrom('USD', 'USD', 'JPY'),
      fc.constantFrom(undefined, '2026-02-28', '2026-07-01', '2027-01-01'),
    )
    .map(([{ terms, steps }, currency, paidThrough]): History => ({
      steps,
      terms: { ...terms, currency, ...(paidThrough !== undefined && { paidThrough }) },
    }));

  it('every entry balances, and the accounts are what the licenses are, at every event', () => {
    fc.assert(
      fc.property(fc.array(anyLicense, { minLength: 1, maxLength: 3 }), (all) => {
        const streams = all.map((history) => play(history).events);
        const states: LicenseHistory[] = streams.map(() => null);
        const booked: Entry[] = [];
        for (let n = 0; n < Math.max(...streams.map(({ length }) => length)); n += 1) {
          for (const [index, events] of streams.entries()) {
            const event = events[n];
            if (event === undefined) continue;
            states[index] = evolve(states[index] ?? null, event);
            booked.push(...entriesOf([event]));
            expectBooksOf(states, booked);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  function expectBooksOf(states: readonly LicenseHistory[], booked: readonly Entry[]): void {
    const newest = booked.at(-1)?.lines ?? [];
    expect(newest.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)).toBe(0);
    const { items, totals } = trialBalance([], movements(booked));
    for (const { balance, debit, credit } of totals) {
      expect(balance.amount).toBe(0);
      expect(debit).toEqual(credit);
    }
    for (const currency of ['USD', 'JPY']) {
      const balanceOf = (account: Account) =>
        items.find((item) => item.currency === currency && item.account === account)?.balance.amount ?? 0;
      const licenses = states.flatMap((state) => (state?.currency === currency ? [state] : []));
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      const open = licenses.flatMap(({ openInvoices }) => openInvoices.map(({ openMinor }) => openMinor));
      expect(balanceOf('receivable')).toBe(sum(open));
      expect(balanceOf('customer-credit')).toBe(0 - sum(licenses.map(({ creditBalanceMinor }) => creditBalanceMinor)));
    }
  }

  it('cash is what was paid, goodwill what was granted, revenue what was invoiced less what seats gave back', () => {
    fc.assert(
      fc.property(anyLicense, (history) => {
        const scenario = play(history);
        const { items } = trialBalance([], movements(entriesOf(scenario.events)));
        const balances = Object.fromEntries(ACCOUNTS.map((account) => [account, 0]));
        for (const { account, balance } of items) balances[account] = balance.amount;
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const seats = [...scenario.all('SeatsReduced'), ...scenario.all('SeatsIncreased')];
        const seatCredits = sum(seats.map(({ credit }) => credit?.amountMinor ?? 0));
        expect(balances['cash']).toBe(sum(scenario.all('InvoicePaid').map(({ amountMinor }) => amountMinor)));
        expect(balances['goodwill-expense']).toBe(
          sum(scenario.all('CreditGranted').map(({ credit }) => credit.amountMinor)),
        );
        expect(balances['revenue']).toBe(
          0 - (sum(scenario.all('InvoiceIssued').map(({ grossMinor }) => grossMinor)) - seatCredits),
        );
      }),
      { numRuns: 200 },
    );
  });
});
