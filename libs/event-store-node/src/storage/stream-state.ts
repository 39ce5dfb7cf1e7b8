import type { RetentionPolicy } from './retention.js';

/** What is known of a stream without reading its events. */
export interface StreamState {
  /** Stands for the name in keys. */
  readonly number: number;
  /** -1 when no event was written yet. */
  readonly lastRevision: number;
  readonly tombstoned: boolean;
  readonly retention: RetentionPolicy;
}

export const newStream = (number: number): StreamState => ({
  number,
  lastRevision: -1,
  tombstoned: false,
  retention: {},
});

const METASTREAM_PREFIX = '$$';

export const metastreamOf = (stream: string): string => METASTREAM_PREFIX + stream;

/** The stream that the given one holds the metadata of. */
export const streamOfMetastream = (stream: string): string | undefined =>
  stream.startsWith(METASTREAM_PREFIX) ? stream.slice(METASTREAM_PREFIX.length) : undefined;
