/**
 * What the rest of the node may ask of its storage: one ordered log of events, each also at a revision of its stream.
 * Positions start at 1 and revisions at 0; both grow by one and are whole numbers below 2^53.
 */
export interface EventLog {
  /** Position of the newest event that is on disk; 0 when there is none. */
  readonly lastPosition: number;

  /**
   * Appends all events of the request or none. Resolves once the outcome is on disk.
   * @throws {StorageUnavailableError} when the log is stopping, overloaded, or has failed.
   */
  append(request: AppendRequest): Promise<AppendOutcome>;

  /** Hides every event of the stream that was written so far. */
  softDelete(request: DeleteRequest): Promise<AppendOutcome>;

  /** Ends the stream for ever. */
  tombstone(request: DeleteRequest): Promise<AppendOutcome>;

  /** Undefined when nothing was ever written to the stream. */
  describe(stream: string): StreamDescription | undefined;

  /** One page of visible events, from the given revision on, that one included; empty at the end. */
  readStream(stream: string, from: number, direction: Direction, limit?: number): readonly StreamEvent[];

  /** One page of all events, from the given position on, that one included; empty at the end. */
  readAll(from: number, direction: Direction, limit?: number): readonly StoredEvent[];

  /** Calls back after each commit that touched the stream, or after each at all; returns the way to stop it. */
  onCommit(stream: string | typeof ALL_STREAMS, listener: () => void): () => void;

  /** Finishes what was asked before and closes the files. */
  close(): Promise<void>;
}

export const ALL_STREAMS = Symbol('all streams');

export type Direction = 'forwards' | 'backwards';

/** A number is the revision that the last event of the stream must have. */
export type ExpectedRevision = 'any' | 'no_stream' | 'stream_exists' | number;

export interface ProposedEvent {
  /** A UUID in its text form, lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

export interface DeleteRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
}

export interface AppendRequest extends DeleteRequest {
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since 1970 after which the request is not to be written any more. */
  readonly deadlineMs?: number;
}

export type AppendOutcome =
  /** Of a repeated request: where its events were written first. Position is undefined when there was no event. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | undefined }
  /** Current is -1 when the stream does not exist. */
  | { readonly kind: 'wrong-expected-revision'; readonly current: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'deadline-passed' };

export interface StreamDescription {
  /** -1 when only its metadata was written. */
  readonly lastRevision: number;
  /** Greater than the last revision when nothing is left to see. */
  readonly firstVisibleRevision: number;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
}

export interface StoredEvent {
  readonly position: number;
  /** The encoded RecordedEvent. */
  readonly record: Buffer;
}

export interface StreamEvent extends StoredEvent {
  readonly revision: number;
}

/** The storage cannot take a request now; nothing of it was written. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';
}
