import { hash } from 'node:crypto';
import { creditHash, type CreditEntry } from '#contracts';
import { proratedMinor } from '../arithmetic.js';

/** What is kept of a license: its newest entry so far. */
export interface ChainHead {
  readonly ordinal: number;
  readonly balanceMinor: number;
  readonly currency: string;
  readonly hash: string;
}

/**
 * The chains of credit entries, one for each license, held against themselves as they come: each entry against its own
 * hash, its figures, and the entry before it. Keeps one head for each license.
 */
export class CreditChains {
  readonly #heads = new Map<string, ChainHead>();
  /** Licenses whose first entry here is not the first that they have. */
  readonly cut = new Set<string>();
  entries = 0;

  get licenses(): number {
    return this.#heads.size;
  }

  /** What is wrong with the next entry of its license; nothing when all is well. */
  add(entry: CreditEntry): string[] {
    const before = this.#heads.get(entry.licenseId);
    const ordinal = ordinalOf(entry.entryId);
    this.entries += 1;
    this.#heads.set(entry.licenseId, {
      ordinal,
      balanceMinor: entry.balanceAfter.amount,
      currency: entry.amount.currency,
      hash: entry.hash,
    });
    if (before === undefined && ordinal > 1) this.cut.add(entry.licenseId);
    return [...ownFaults(entry), ...(before ? afterFaults(entry, ordinal, before) : firstFaults(entry, ordinal))];
  }

  /** One hash for all: of each license with its newest entry, in the order of their ids. */
  fingerprint(): string {
    const lines = [...this.#heads].map(([licenseId, head]) => `${licenseId} ${head.ordinal} ${head.hash}\n`);
    return hash('sha256', lines.sort().join(''));
  }

  heads(): ReadonlyMap<string, ChainHead> {
    return this.#heads;
  }
}

export function ordinalOf(entryId: string): number {
  return Number(/-C(\d{4,9})$/.exec(entryId)?.[1] ?? NaN);
}

/** What can be seen from the entry alone. */
function ownFaults(entry: CreditEntry): string[] {
  const { amount, balanceAfter, computation, kind } = entry;
  const faults: string[] = [];
  if (creditHash(entry) !== entry.hash) faults.push('its hash is not that of its content: one of them was changed');
  if (balanceAfter.amount < 0) faults.push(`its balance is negative (${balanceAfter.amount})`);
  const currencies = new Set([
    amount.currency,
    balanceAfter.currency,
    computation?.unitPrice.currency ?? amount.currency,
  ]);
  if (currencies.size > 1) faults.push(`it has several currencies (${[...currencies].join(', ')})`);
  const adds = kind === 'granted' || kind === 'goodwill';
  if (adds ? amount.amount <= 0 : amount.amount >= 0) faults.push(`${amount.amount} is no amount for '${kind}'`);
  if (computation) {
    const { unitPrice, seatDaysBefore, seatDaysAfter, cycleDays } = computation;
    const computed =
      proratedMinor(unitPrice.amount, seatDaysAfter, cycleDays) -
      proratedMinor(unitPrice.amount, seatDaysBefore, cycleDays);
    if (computed !== amount.amount) faults.push(`its amount is ${amount.amount}, but its figures give ${computed}`);
  }
  return faults;
}

function firstFaults({ previousHash, amount, balanceAfter }: CreditEntry, ordinal: number): string[] {
  if (ordinal !== 1) return previousHash === null ? ['it names no entry before it, but is not the first'] : [];
  const faults: string[] = [];
  if (previousHash !== null) faults.push('it is the first entry, but names one before it');
  if (balanceAfter.amount !== amount.amount) faults.push('its balance is not its amount, though it is the first');
  return faults;
}

function afterFaults(entry: CreditEntry, ordinal: number, before: ChainHead): string[] {
  const { amount, balanceAfter, previousHash } = entry;
  if (ordinal <= before.ordinal) return [`it comes after number ${before.ordinal}: it is there twice, or out of order`];
  if (ordinal !== before.ordinal + 1) return [`number ${before.ordinal + 1} is missing before it`];
  const faults: string[] = [];
  if (previousHash !== before.hash) faults.push('it does not name the hash of the entry before it');
  if (before.balanceMinor + amount.amount !== balanceAfter.amount) {
    faults.push(
      `its balance is ${balanceAfter.amount}, but ${before.balanceMinor} and ${amount.amount} were to give it`,
    );
  }
  if (amount.currency !== before.currency)
    faults.push(`it is in ${amount.currency}, the one before in ${before.currency}`);
  return faults;
}
