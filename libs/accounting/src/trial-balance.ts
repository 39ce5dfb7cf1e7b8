import { ACCOUNTS, type Account, type AccountBalances } from '#contracts';
import { money } from '#money';

/** What was debited and credited to an account, minor units. */
export interface Movement {
  readonly currency: string;
  readonly account: Account;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

interface Figures extends Movement {
  /** Debits less credits of what was before. */
  readonly openingMinor: number;
}

/**
 * The accounts of each currency with what they brought from before and what they moved by, and the totals that show
 * whether the books are in balance. An account that has neither is left out.
 */
export function trialBalance(before: readonly Movement[], within: readonly Movement[]): AccountBalances {
  const opening = before.map((moved) => ({
    ...moved,
    openingMinor: moved.debitMinor - moved.creditMinor,
    debitMinor: 0,
    creditMinor: 0,
  }));
  const moved = within.map((movement) => ({ ...movement, openingMinor: 0 }));
  const all = summed([...opening, ...moved], ({ currency, account }) => `${currency} ${account}`);
  const accounts = all.filter((sum) => sum.openingMinor !== 0 || sum.debitMinor !== 0 || sum.creditMinor !== 0);
  const currencies = summed(accounts, ({ currency }) => currency);
  return {
    items: accounts
      .sort(inOrder)
      .map((figures) => ({ currency: figures.currency, account: figures.account, ...amountsOf(figures) })),
    totals: currencies.sort(inOrder).map((figures) => ({ currency: figures.currency, ...amountsOf(figures) })),
  };
}

function summed(all: readonly Figures[], keyOf: (figures: Figures) => string): Figures[] {
  const sums = new Map<string, Figures>();
  for (const figures of all) {
    const sum = sums.get(keyOf(figures));
    sums.set(keyOf(figures), {
      ...figures,
      openingMinor: figures.openingMinor + (sum?.openingMinor ?? 0),
      debitMinor: figures.debitMinor + (sum?.debitMinor ?? 0),
      creditMinor: figures.creditMinor + (sum?.creditMinor ?? 0),
    });
  }
  return [...sums.values()];
}

function inOrder(left: Figures, right: Figures): number {
  if (left.currency !== right.currency) return left.currency < right.currency ? -1 : 1;
  return ACCOUNTS.indexOf(left.account) - ACCOUNTS.indexOf(right.account);
}

function amountsOf({ currency, openingMinor, debitMinor, creditMinor }: Figures) {
  return {
    opening: money(openingMinor, currency),
    debit: money(debitMinor, currency),
    credit: money(creditMinor, currency),
    balance: money(openingMinor + debitMinor - creditMinor, currency),
  };
}
