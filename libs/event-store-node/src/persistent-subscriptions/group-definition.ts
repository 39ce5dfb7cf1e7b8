import type { FilterExpression } from '../reading/event-filter.js';

/** The source of groups that read the whole log. */
export const ALL_SOURCE = '$all';

export interface GroupKey {
  /** A stream, or `$all`. */
  readonly source: string;
  readonly group: string;
}

export interface GroupDefinition extends GroupKey {
  readonly settings: GroupSettings;
  /** Revision or position at which a group without a checkpoint begins; what `startFrom` meant when it was set. */
  readonly startAt: number;
}

export const STRATEGIES = ['DispatchToSingle', 'RoundRobin', 'Pinned'] as const;
export type StrategyName = (typeof STRATEGIES)[number];

export interface GroupSettings {
  readonly resolveLinks: boolean;
  /** A number is the first revision, or position, to be delivered. */
  readonly startFrom: 'start' | 'end' | number;
  /** Of groups on `$all`. */
  readonly filter?: FilterExpression;
  readonly strategy: StrategyName;
  /** Whether to measure how long each consumer takes. */
  readonly extraStatistics: boolean;
  /** How long a consumer may take before an event is retried; 0 for as long as it likes. */
  readonly messageTimeoutMs: number;
  /** An event that fails more often is parked. */
  readonly maxRetryCount: number;
  readonly checkpointAfterMs: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0 for as many as come. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  /** Events that are read at a time. */
  readonly readBatchSize: number;
  /** Events that may wait, read but not yet delivered. */
  readonly historyBufferSize: number;
}

const GROUP_STREAM_PREFIX = '$persistentsubscription-';

export const checkpointStream = ({ source, group }: GroupKey): string =>
  `${GROUP_STREAM_PREFIX}${source}::${group}-checkpoint`;

export const parkedStream = ({ source, group }: GroupKey): string => `${GROUP_STREAM_PREFIX}${source}::${group}-parked`;

/** The streams in which groups keep their own progress: a group on `$all` that delivered them would never rest. */
export const isGroupStream = (stream: string): boolean =>
  stream.startsWith(GROUP_STREAM_PREFIX) || stream.startsWith(`$$${GROUP_STREAM_PREFIX}`);
