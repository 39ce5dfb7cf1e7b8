import { randomUUID } from 'node:crypto';
import { allCursor, streamCursor } from '../reading/cursor.js';
import type { EventLog } from '../storage/event-log.js';
import type { Outlet } from './outlet.js';
import { frameOf } from './read-handler.js';
import type { ReadPlan } from './read-request.js';
import { CAUGHT_UP, checkpoint, confirmation } from './read-responses.js';
import { streamDeleted } from './rpc-error.js';

/**
 * Answers a subscription: a cursor that is read as fast as the client takes it and, at the end of the log, waits for the
 * next commit. Nothing is buffered for a slow client.
 */
export async function subscribe(log: EventLog, plan: ReadPlan, outlet: Outlet): Promise<void> {
  const after = startAfter(log, plan);
  const cursor = plan.stream === undefined ? allCursor(log, after + 1) : streamCursor(log, plan.stream, after + 1);
  const checkpoints = plan.filter && new Checkpoints(plan.filter.checkpointEvery, Math.max(after, 0));
  refuseTombstoned(log, plan.stream);
  await outlet.write(confirmation(randomUUID()));
  let caughtUp = false;
  while (!outlet.closed) {
    const page = cursor.next();
    for (const stored of page) {
      if (!plan.filter || plan.filter.matches(stored.record)) {
        if (!(await outlet.write(frameOf(log, plan, stored)))) return;
      }
      if (checkpoints?.isDueAt(stored.position)) await outlet.write(checkpoint(stored.position));
    }
    if (page.length > 0) {
      await outlet.nextTurn();
    } else if (!caughtUp) {
      caughtUp = true;
      if (checkpoints) await outlet.write(checkpoint(checkpoints.position));
      await outlet.write(CAUGHT_UP);
    } else {
      refuseTombstoned(log, plan.stream);
      await outlet.waitFor((listener) => cursor.onGrowth(listener));
    }
  }
}

/** What a subscription names is what its client has already: -1 for nothing. */
function startAfter(log: EventLog, { stream, from }: ReadPlan): number {
  if (from === 'start') return -1;
  if (from !== 'end') return from;
  return stream === undefined ? log.lastPosition : (log.describe(stream)?.lastRevision ?? -1);
}

function refuseTombstoned(log: EventLog, stream: string | undefined): void {
  if (stream !== undefined && log.describe(stream)?.tombstoned) throw streamDeleted(stream);
}

class Checkpoints {
  private considered = 0;

  constructor(
    private readonly every: number,
    public position: number,
  ) {}

  isDueAt(position: number): boolean {
    this.position = position;
    this.considered += 1;
    return this.considered % this.every === 0;
  }
}
