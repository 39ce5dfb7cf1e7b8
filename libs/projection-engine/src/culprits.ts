import type pg from 'pg';
import type { RecordedEvent } from '#event-store';
import type { FoldFailure, Projection } from './projection.js';
import { isDataError } from './sql/data-error.js';
import { inTransaction } from './sql/transaction.js';

/**
 * Finds the streams whose events the database refuses, when their batch could not be written: halves of the batch are
 * written on trial, and the halves of a half that fails. What was found good stays in, so that of two streams that
 * can't stand beside each other the later one is the culprit.
 */
export async function findCulprits(
  events: readonly RecordedEvent[],
  pool: pg.Pool,
  projection: Projection,
): Promise<FoldFailure[]> {
  const first = new Map<string, RecordedEvent>();
  for (const event of events) if (!first.has(event.stream)) first.set(event.stream, event);
  const good = new Set<string>();
  const culprits: FoldFailure[] = [];

  async function admit(candidates: readonly RecordedEvent[]): Promise<void> {
    const tried = new Set([...good, ...candidates.map(({ stream }) => stream)]);
    const reason = await refusal(
      events.filter(({ stream }) => tried.has(stream)),
      pool,
      projection,
    );
    const [only, ...others] = candidates;
    if (reason === null) for (const { stream } of candidates) good.add(stream);
    else if (only && others.length === 0) culprits.push({ event: only, reason });
    else {
      const middle = Math.ceil(candidates.length / 2);
      await admit(candidates.slice(0, middle));
      await admit(candidates.slice(middle));
    }
  }

  await admit([...first.values()]);
  return culprits;
}

class OnTrial extends Error {}

/** Why these events can't be written, or `null` when they can; nothing stays written. */
async function refusal(
  events: readonly RecordedEvent[],
  pool: pg.Pool,
  projection: Projection,
): Promise<string | null> {
  const fold = await projection.fold(events, pool, null);
  if (fold.failures[0]) return fold.failures[0].reason;
  try {
    return await inTransaction(pool, async (transaction) => {
      await fold.write(transaction);
      throw new OnTrial();
    });
  } catch (error) {
    if (error instanceof OnTrial) return null;
    if (isDataError(error)) return (error as Error).message;
    throw error;
  }
}
