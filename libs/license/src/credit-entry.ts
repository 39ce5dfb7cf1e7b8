import type { Instant } from '#calendar';
import { creditHash, type CreditEntry } from '#contracts';
import { money } from '#money';
import type { CreditComputation, CreditMovement, LicenseEvent } from './events.js';

/** Where an event stands in the store. */
export interface EventPlace {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: Instant;
}

/**
 * The entry of the credit ledger that the event made, or `null` when it moved no credit.
 *
 * @param previousHash of the license's entry before it, `null` when it is the first
 */
export function describeCreditEntry(
  licenseId: string,
  event: LicenseEvent,
  { id, stream, revision, recordedAt }: EventPlace,
  previousHash: string | null,
): CreditEntry | null {
  const moved = movementOf(event);
  if (moved === null) return null;
  const { credit, currency, ...about } = moved;
  const entry = {
    entryId: credit.entryNumber,
    licenseId,
    amount: money(credit.amountMinor, currency),
    balanceAfter: money(credit.balanceAfterMinor, currency),
    effectiveAt: event.data.effectiveAt,
    recordedAt,
    changeId: null,
    invoiceNumber: null,
    reason: null,
    computation: null,
    ...about,
    event: { id, stream, revision },
    previousHash,
  };
  return { ...entry, hash: creditHash(entry) };
}

type About = Pick<CreditEntry, 'kind'> &
  Partial<Pick<CreditEntry, 'changeId' | 'invoiceNumber' | 'reason' | 'computation'>>;

function movementOf(event: LicenseEvent): (About & { credit: CreditMovement; currency: string }) | null {
  switch (event.type) {
    case 'SeatsIncreased':
    case 'SeatsReduced': {
      const { credit, currency, changeId, to } = event.data;
      const kind = event.type === 'SeatsReduced' ? 'granted' : 'reversed';
      const computation = describeComputation(event.data.computation, to, currency);
      return credit && { kind, credit, currency, changeId, computation };
    }
    case 'InvoiceIssued': {
      const { credit, currency, invoiceNumber } = event.data;
      return credit && { kind: 'applied', credit, currency, invoiceNumber };
    }
    case 'CreditGranted': {
      const { credit, currency, reason } = event.data;
      return { kind: 'goodwill', credit, currency, reason };
    }
    default:
      return null;
  }
}

function describeComputation(computation: CreditComputation, seats: number, currency: string) {
  const { seatDaysBefore, seatDaysAfter, cycle, unitPriceMinor } = computation;
  return { seats, seatDaysBefore, seatDaysAfter, cycleDays: cycle.days, unitPrice: money(unitPriceMinor, currency) };
}
