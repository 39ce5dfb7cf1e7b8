import { localDateAt, type LocalDate } from '#calendar';
import type { CreditEntry, CreditUse, ExplainedCreditComputation, ExplainedCreditEntry } from '#contracts';
import { money } from '#money';
import type { LicenseEvent, LicenseEventData } from '../events.js';
import type { RecordedFact } from '../recorded-fact.js';
import { creditInWords } from './credit-in-words.js';

/** What an entry of the credit ledger was made of, beside what is sealed by its hash. */
export interface CreditDetails {
  readonly effectiveOn: LocalDate;
  readonly computation: ExplainedCreditComputation | null;
  readonly grantsUsed: readonly CreditUse[];
}

/** @param timeZone the license's, in which its days are counted */
export function creditDetails(event: LicenseEvent, timeZone: string): CreditDetails {
  const { data } = event;
  return {
    effectiveOn: localDateAt(data.effectiveAt, timeZone),
    computation: 'computation' in data ? computationOf(data) : null,
    grantsUsed:
      'grantsUsed' in data
        ? data.grantsUsed.map(({ entryNumber, amountMinor }) => ({
            entryId: entryNumber,
            amount: money(amountMinor, data.currency),
          }))
        : [],
  };
}

/** An entry with everything that leads from its figure to its event, in figures and in words. */
export function explainCredit(
  entry: CreditEntry,
  { event, actor }: Pick<RecordedFact, 'event' | 'actor'>,
  timeZone: string,
): ExplainedCreditEntry {
  const explained = { ...entry, ...creditDetails(event, timeZone), actor };
  return { ...explained, explanation: creditInWords(explained) };
}

/** The figures of a change of seats, whether it moved credit or not. */
export function computationOf({
  from,
  to,
  currency,
  computation,
}: LicenseEventData['SeatsReduced' | 'SeatsIncreased']): ExplainedCreditComputation {
  const { cycle, unitPriceMinor, paidSeats, remainingDays } = computation;
  return {
    seats: to,
    previousSeats: from,
    seatDaysBefore: computation.seatDaysBefore,
    seatDaysAfter: computation.seatDaysAfter,
    cycleDays: cycle.days,
    cycle: { startsOn: cycle.startsOn, endsOn: cycle.endsOn, days: cycle.days },
    unitPrice: money(unitPriceMinor, currency),
    paidSeats,
    remainingDays,
    creditedSeatsBefore: computation.creditedSeatsBefore,
    creditedSeatsAfter: computation.creditedSeatsAfter,
  };
}
