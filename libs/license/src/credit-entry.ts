import type { Instant } from '#calendar';
import { money, type Money } from '#money';
import type { CreditComputation, CreditMovement, LicenseEvent } from './events.js';

/** Where an event stands in the store. */
export interface EventPlace {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: Instant;
}

/** One movement of a license's credit balance, with what it was computed from. */
export interface CreditEntryView {
  /** `ACME.EXAMPLE-C0001` */
  readonly entryId: string;
  readonly licenseId: string;
  readonly kind: 'granted' | 'reversed' | 'applied' | 'goodwill';
  /** Signed: what was reversed or applied is negative. */
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
  readonly changeId: string | null;
  readonly invoiceNumber: string | null;
  readonly reason: string | null;
  readonly computation: {
    readonly seats: number;
    readonly seatDaysBefore: number;
    readonly seatDaysAfter: number;
    readonly cycleDays: number;
    readonly unitPrice: Money;
  } | null;
  readonly event: { readonly id: string; readonly stream: string; readonly revision: number };
}

/** The entry of the credit ledger that the event made, or `null` when it moved no credit. */
export function describeCreditEntry(
  licenseId: string,
  event: LicenseEvent,
  { id, stream, revision, recordedAt }: EventPlace,
): CreditEntryView | null {
  const moved = movementOf(event);
  if (moved === null) return null;
  const { credit, currency, ...about } = moved;
  return {
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
  };
}

type About = Pick<CreditEntryView, 'kind'> &
  Partial<Pick<CreditEntryView, 'changeId' | 'invoiceNumber' | 'reason' | 'computation'>>;

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
