import { hash } from 'node:crypto';
import type { CreditEntry } from './credit.js';

/** Names the canonical form, so that another one can never be taken for it. */
const form = 'seat-ledger/credit/1';

/**
 * What the hash of a credit entry is taken over: one JSON array without spaces, as RFC 8785 writes it. The hash of the
 * entry before it comes first, so that no entry can be changed, removed or put in without changing every later hash.
 *
 * `recordedAt` is left out: a log that is copied to another store is recorded anew, and stays the same ledger.
 */
export function creditText(entry: Omit<CreditEntry, 'hash' | 'recordedAt'>): string {
  const { amount, balanceAfter, computation, event } = entry;
  return JSON.stringify([
    form,
    entry.previousHash,
    entry.licenseId,
    entry.entryId,
    entry.kind,
    amount.currency,
    amount.amount,
    balanceAfter.amount,
    entry.effectiveAt,
    entry.changeId,
    entry.invoiceNumber,
    entry.reason,
    computation && [
      computation.seats,
      computation.seatDaysBefore,
      computation.seatDaysAfter,
      computation.cycleDays,
      computation.unitPrice.amount,
    ],
    event.id,
    event.stream,
    event.revision,
  ]);
}

/** SHA-256 of the canonical form in UTF-8, in lower-case hexadecimal. */
export function creditHash(entry: Omit<CreditEntry, 'hash' | 'recordedAt'>): string {
  return hash('sha256', creditText(entry));
}
