import { v5 as uuidV5 } from 'uuid';
import type { CreditMovement, GrantUse, LicenseState } from '#license';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A license as the books have it, in the words of its state, folded here by hand and not by the ledger's `evolve`. It
 * follows what was recorded, also where that should have been something else: so a fault is told once, where it is.
 */
export interface Account {
  readonly state: Mutable<LicenseState>;
  /** What the newest invoice charged before credit: no cycle earns more credit than that. */
  grossMinor: number;
  /** It came back from being expired, and may pass over cycles that were not invoiced. */
  isBack: boolean;
}

/** Holds a recorded figure against the one that the books come to. */
export type Check = (figure: string, expected: unknown, recorded: unknown) => void;

const digits = (ordinal: number): string => String(ordinal).padStart(4, '0');

export function nextInvoiceNumber({ domain, invoices }: LicenseState): string {
  return `${domain.toUpperCase()}-${digits(invoices + 1)}`;
}

export function nextChangeId({ licenseId, changes }: LicenseState): string {
  return uuidV5(`change:${changes + 1}`, licenseId);
}

/** Takes an amount from grants in their order. What the grants lack is left over. */
export function taken(grants: LicenseState['grants'], amountMinor: number): GrantUse[] {
  const uses: GrantUse[] = [];
  let left = amountMinor;
  for (const { entryNumber, remainingMinor } of grants) {
    const used = Math.min(left, remainingMinor);
    if (used > 0) uses.push({ entryNumber, amountMinor: used });
    left -= used;
  }
  return uses;
}

/** Holds a movement of credit against the amount that it should have; the balance is never below zero. */
export function checkCredit(
  { domain, creditEntries, creditBalanceMinor }: LicenseState,
  amountMinor: number,
  recorded: { readonly credit: CreditMovement | null; readonly creditBalanceMinor?: number },
  check: Check,
): void {
  const balanceAfterMinor = creditBalanceMinor + amountMinor;
  const entryNumber = `${domain.toUpperCase()}-C${digits(creditEntries + 1)}`;
  const expected = { entryNumber, amountMinor, balanceAfterMinor };
  if (amountMinor === 0 || recorded.credit === null)
    check('credit', amountMinor === 0 ? null : expected, recorded.credit);
  else
    for (const name of ['entryNumber', 'amountMinor', 'balanceAfterMinor'] as const)
      check(`credit.${name}`, expected[name], recorded.credit[name]);
  if (recorded.creditBalanceMinor !== undefined)
    check('creditBalanceMinor', balanceAfterMinor, recorded.creditBalanceMinor);
  check('the balance is below zero', false, (recorded.credit?.balanceAfterMinor ?? 0) < 0);
}

/** Moves the balance and the grants as it was recorded. */
export function moveCredit(
  { state }: Account,
  credit: CreditMovement | null,
  kind: LicenseState['grants'][number]['kind'],
  uses: readonly GrantUse[],
): void {
  if (credit === null) return;
  const { entryNumber, amountMinor, balanceAfterMinor } = credit;
  for (const use of uses) {
    state.grants = state.grants.map((grant) =>
      grant.entryNumber === use.entryNumber
        ? { ...grant, remainingMinor: grant.remainingMinor - use.amountMinor }
        : grant,
    );
  }
  state.grants = state.grants.filter(({ remainingMinor }) => remainingMinor > 0);
  if (amountMinor > 0) state.grants = [...state.grants, { entryNumber, kind, remainingMinor: amountMinor }];
  state.creditBalanceMinor = balanceAfterMinor;
  state.creditEntries += 1;
}
