import type { Position } from '../position.js';

/** An event as the store keeps it: its bodies are bytes, and nothing is read into them. */
export interface StoredRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly type: string;
  /** Whether its data was declared to be JSON; a store knows no other content types. */
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
  /** When the store wrote it, in units of 100 ns since 1970. */
  readonly createdTicks: bigint;
}
