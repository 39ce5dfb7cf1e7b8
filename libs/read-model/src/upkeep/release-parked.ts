import type pg from 'pg';
import { BatchWriter, CheckpointMoved } from '#projection-engine';
import { LedgerProjection } from '../ledger/ledger-projection.js';

/** Against a projector that writes at this very moment. */
const attemptsMax = 50;

export interface Released {
  readonly released: number;
  /** Parked as before, perhaps at a later event. */
  readonly left: number;
}

/**
 * Tries parked streams again with this program's projection, beside a projector that runs or without one: it notices
 * that the checkpoint has moved on under it, and goes on from there.
 */
export async function releaseParked(pool: pg.Pool): Promise<Released> {
  let released = 0;
  for (let attempt = 1; ; attempt += 1) {
    const writer = await BatchWriter.open(pool, new LedgerProjection());
    const before = writer.parkedStreams;
    try {
      await writer.retryParked();
      return { released: released + before - writer.parkedStreams, left: writer.parkedStreams };
    } catch (error) {
      if (!(error instanceof CheckpointMoved) || attempt === attemptsMax) throw error;
      released += before - writer.parkedStreams;
    }
  }
}
