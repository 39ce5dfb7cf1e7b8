import type { RecordedEvent } from '#event-store';

/** Something that is not as the events have it, or an event that is not as the rules have it. */
export interface Finding {
  /** `event`: a recorded figure does not recompute. `row`: the read model differs. The others are about themselves. */
  readonly subject: 'event' | 'row' | 'checkpoint' | 'parked';
  /** The domain, or the id where there is no domain; null where it is no license's. */
  readonly license: string | null;
  /** `SeatsReduced.credit.amountMinor`, `credit_entries.balance_after_minor`. */
  readonly figure: string;
  readonly expected: unknown;
  readonly found: unknown;
  /** The event that it comes from, as far as one can be named. */
  readonly event: EventPlace | null;
}

export interface EventPlace {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

export type Report = (finding: Finding) => void;

export function placeOf({ id, stream, revision }: RecordedEvent): EventPlace {
  return { id, stream, revision: Number(revision) };
}
