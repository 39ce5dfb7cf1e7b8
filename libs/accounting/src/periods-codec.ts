import { isMonth } from './month.js';
import type { PeriodEvent } from './periods.js';

/** An event as the store keeps it: a type, the version of its data's shape, and the data. */
interface StoredEvent {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
}

export function encodePeriodEvent({ type, data }: PeriodEvent): StoredEvent {
  return { type, version: 1, data };
}

/** @throws Error for what this program does not know: booking by a closing that was guessed would falsify months */
export function decodePeriodEvent({ type, version, data }: StoredEvent): PeriodEvent {
  if (type !== 'AccountingPeriodClosed') throw new Error(`'${type}' is not an event of an accounting period`);
  if (version !== 1) throw new Error(`${type} version ${version} is not known; this program reads version 1`);
  const event = { type, data } as PeriodEvent;
  if (!isMonth(event.data.month)) throw new Error(`${type} is about '${String(event.data.month)}', which is no month`);
  return event;
}
