import { accountingPeriodsStream } from '#accounting';
import type { RecordedEvent } from '#event-store';
import { planStreamPrefix } from '#license';
import type { Closing } from '../books/closings.js';
import type { PublishedEdition } from '../books/prices.js';

/** From which revision on a stream is parked. */
export type Parked = ReadonlyMap<string, bigint>;

export function isParked({ stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>, parked: Parked): boolean {
  const from = parked.get(stream);
  return from !== undefined && revision >= from;
}

export function isPlanParked({ planId, revision }: PublishedEdition, parked: Parked): boolean {
  return isParked({ stream: planStreamPrefix + planId, revision: BigInt(revision) }, parked);
}

export function isClosingParked({ revision }: Closing, parked: Parked): boolean {
  return isParked({ stream: accountingPeriodsStream, revision: BigInt(revision) }, parked);
}
