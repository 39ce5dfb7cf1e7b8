import { creditHash, type CreditKind } from '#contracts';
import type { RecordedEvent } from '#event-store';
import type { LicenseEvent, LicenseState } from '#license';
import { dateIn } from '../dates.js';
import type { Row } from './rows.js';

type Movement = LicenseEvent<'SeatsIncreased' | 'SeatsReduced' | 'InvoiceIssued' | 'CreditGranted'>;

const kinds: Readonly<Record<Movement['type'], CreditKind>> = {
  SeatsReduced: 'granted',
  SeatsIncreased: 'reversed',
  InvoiceIssued: 'applied',
  CreditGranted: 'goodwill',
};

/** The entries of a license's credit ledger, each sealed with the hash of the one before. */
export class CreditRows {
  readonly rows: Row[] = [];
  #hash: string | null = null;

  get hash(): string | null {
    return this.#hash;
  }

  /** What is left of each grant, and since when it counts. */
  openGrants({ licenseId, currency, grants }: LicenseState): Row[] {
    const grantedAt = new Map(this.rows.map((row) => [row['entry_id'], row['effective_at']]));
    return grants.map(({ entryNumber, remainingMinor }) => ({
      ...{ license_id: licenseId, entry_id: entryNumber, currency, remaining_minor: remainingMinor },
      granted_at: grantedAt.get(entryNumber),
    }));
  }

  add(state: LicenseState, event: Movement, recorded: RecordedEvent): void {
    const { licenseId, currency, creditEntries: ordinal, timeZone } = state;
    const { credit, effectiveAt } = event.data;
    if (credit === null) return;
    const revision = Number(recorded.revision);
    const computation = 'computation' in event.data ? event.data.computation : null;
    const figures = computation && {
      seats: 'to' in event.data ? event.data.to : NaN,
      seatDaysBefore: computation.seatDaysBefore,
      seatDaysAfter: computation.seatDaysAfter,
      cycleDays: computation.cycle.days,
      unitPrice: { amount: computation.unitPriceMinor, currency },
    };
    const previousHash = this.#hash;
    const kind = kinds[event.type];
    const changeId = 'changeId' in event.data ? event.data.changeId : null;
    const invoiceNumber = 'invoiceNumber' in event.data ? event.data.invoiceNumber : null;
    const reason = 'reason' in event.data ? event.data.reason : null;
    const { entryNumber: entryId } = credit;
    const used = 'grantsUsed' in event.data ? event.data.grantsUsed : [];
    const { actor } = recorded.metadata;
    this.#hash = creditHash({
      ...{ entryId, licenseId, kind, effectiveAt, changeId, invoiceNumber, reason, previousHash },
      amount: { amount: credit.amountMinor, currency },
      balanceAfter: { amount: credit.balanceAfterMinor, currency },
      computation: figures,
      event: { id: recorded.id, stream: recorded.stream, revision },
    });
    this.rows.push({
      license_id: licenseId,
      ordinal,
      entry_id: entryId,
      kind,
      currency,
      amount_minor: credit.amountMinor,
      balance_after_minor: credit.balanceAfterMinor,
      effective_at: effectiveAt,
      effective_on: dateIn(effectiveAt, timeZone),
      recorded_at: recorded.recordedAt.toISOString(),
      change_id: changeId,
      invoice_number: invoiceNumber,
      reason,
      computation: figures &&
        computation && {
          ...figures,
          previousSeats: 'from' in event.data ? event.data.from : NaN,
          cycle: {
            startsOn: computation.cycle.startsOn,
            endsOn: computation.cycle.endsOn,
            days: computation.cycle.days,
          },
          paidSeats: computation.paidSeats,
          remainingDays: computation.remainingDays,
          creditedSeatsBefore: computation.creditedSeatsBefore,
          creditedSeatsAfter: computation.creditedSeatsAfter,
        },
      grants_used: used.map(({ entryNumber: each, amountMinor: amount }) => ({
        entryId: each,
        amount: { amount, currency },
      })),
      actor_id: actor.id,
      actor_role: actor.role,
      event_id: recorded.id,
      revision,
      previous_hash: previousHash,
      hash: this.#hash,
    });
  }
}
