import { allCursor, streamCursor, type Cursor } from '../reading/cursor.js';
import { resolveLink, unresolved } from '../reading/link.js';
import type { EventLog, StoredEvent } from '../storage/event-log.js';
import type { Outlet } from './outlet.js';
import { eventFrame } from './read-frames.js';
import type { ReadPlan, ReadStart } from './read-request.js';
import { streamNotFound } from './read-responses.js';
import { streamDeleted } from './rpc-error.js';

/** Answers a read with what is there at its beginning, and ends. */
export async function read(log: EventLog, plan: ReadPlan, outlet: Outlet): Promise<void> {
  if (plan.stream !== undefined && !hasEvents(log, plan.stream)) {
    await outlet.write(streamNotFound(plan.stream));
    return outlet.end();
  }
  const cursor = cursorOf(log, plan);
  const newest = log.lastPosition;
  let left = plan.countMax ?? 0;
  for (let page = cursor.next(left); left > 0 && page.length > 0; page = cursor.next(pageSize(plan, left))) {
    for (const stored of page) {
      if (left === 0 || stored.position > newest) return outlet.end();
      if (plan.filter && !plan.filter.matches(stored.record)) continue;
      if (!(await outlet.write(frameOf(log, plan, stored)))) return;
      left -= 1;
    }
    await outlet.nextTurn();
  }
  outlet.end();
}

export function frameOf(log: EventLog, { resolveLinks, structuredIds }: ReadPlan, stored: StoredEvent): Buffer {
  return eventFrame({ ...(resolveLinks ? resolveLink(log, stored) : unresolved(stored)), structuredIds });
}

/** A stream of which nothing is known, or nothing but metadata, or that was deleted softly, is not found. */
function hasEvents(log: EventLog, stream: string): boolean {
  const description = log.describe(stream);
  if (description?.tombstoned) throw streamDeleted(stream);
  return description !== undefined && description.lastRevision >= 0 && !description.softDeleted;
}

const pageSize = (plan: ReadPlan, left: number): number | undefined => (plan.filter ? undefined : left);

function cursorOf(log: EventLog, { stream, from, direction }: ReadPlan): Cursor {
  if (stream !== undefined) return streamCursor(log, stream, toNumber(from), direction);
  // Read backwards, a position is a border in front of which the reading begins.
  const position = toNumber(from);
  return allCursor(log, direction === 'forwards' ? position : position - 1, direction);
}

function toNumber(from: ReadStart): number {
  if (from === 'start') return 0;
  return from === 'end' ? Number.MAX_SAFE_INTEGER : from;
}
