import type { PersistentSubscriptionToAllInfo, PersistentSubscriptionToStreamInfo } from '@eventstore/db-client';
import { formatPosition } from './position.js';

/** A persistent subscription of the server: who reads what, and how far. */
export interface SubscriptionGroup {
  /** The stream, or `$all`. */
  readonly stream: string;
  readonly group: string;
  /** The last revision, or the position in `$all`, that the server has noted as dealt with; null when there is none. */
  readonly checkpoint: string | null;
}

export function toSubscriptionGroup({
  eventSource: stream,
  groupName: group,
  stats,
}: PersistentSubscriptionToStreamInfo | PersistentSubscriptionToAllInfo): SubscriptionGroup {
  if ('lastCheckpointedEventPosition' in stats) {
    const position = stats.lastCheckpointedEventPosition;
    return { stream, group, checkpoint: position ? formatPosition(position) : null };
  }
  const revision = 'lastCheckpointedEventRevision' in stats ? stats.lastCheckpointedEventRevision : undefined;
  return { stream, group, checkpoint: revision?.toString() ?? null };
}
