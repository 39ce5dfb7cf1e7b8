import type { Instant } from '#calendar';

/**
 * What counts when the past is asked for. What an event says took effect by `asOf`, in business time; and, unless
 * `knownAt` is null, it was recorded by then: that is the store's time, of a copied log the first store's.
 */
export interface Moment {
  readonly asOf: Instant;
  readonly knownAt: Instant | null;
}

interface Times {
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

export function counts({ effectiveAt, recordedAt }: Times, { asOf, knownAt }: Moment): boolean {
  return effectiveAt <= asOf && (knownAt === null || recordedAt <= knownAt);
}

/** The moment in words, to go on after "as of": for what is not there at it. */
export function momentInWords({ asOf, knownAt }: Moment): string {
  return knownAt === null ? asOf : `${asOf}, by what was recorded until ${knownAt}`;
}
