import { trialBalance, type Movement } from '#accounting';

const moved = (currency: string, account: Movement['account'], debitMinor: number, creditMinor: number): Movement => ({
  currency,
  account,
  debitMinor,
  creditMinor,
});
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('a trial balance', () => {
  it('brings forward what was before, adds what moved, and keeps currencies apart', () => {
    const before = [moved('USD', 'receivable', 500, 200), moved('USD', 'revenue', 0, 300)];
    const within = [
      moved('USD', 'receivable', 0, 100),
      moved('USD', 'cash', 60, 0),
      moved('USD', 'cash', 40, 0),
      moved('JPY', 'cash', 7, 7),
    ];
    const { items, totals } = trialBalance(before, within);
    expect(items.map(({ currency, account }) => `${currency} ${account}`)).toEqual([
      'JPY cash',
      'USD cash',
      'USD receivable',
      'USD revenue',
    ]);
    expect(items.slice(1)).toMatchObject([
      { opening: usd(0), debit: usd(100), credit: usd(0), balance: usd(100) },
      { opening: usd(300), debit: usd(0), credit: usd(100), balance: usd(200) },
      { opening: usd(-300), debit: usd(0), credit: usd(0), balance: usd(-300) },
    ]);
    expect(totals).toMatchObject([
      { currency: 'JPY', debit: { amount: 7 }, balance: { amount: 0 } },
      { currency: 'USD', opening: usd(0), debit: usd(100), credit: usd(100), balance: usd(0) },
    ]);
  });

  it('shows by how much books are wrong', () => {
    expect(trialBalance([], [moved('USD', 'cash', 5, 0)]).totals[0]?.balance).toEqual(usd(5));
  });

  it('leaves out what neither was nor moved', () => {
    const nothing = { items: [], totals: [] };
    expect(trialBalance([], [])).toEqual(nothing);
    expect(trialBalance([moved('USD', 'cash', 5, 5)], [moved('USD', 'revenue', 0, 0)])).toEqual(nothing);
  });
});
