import { createHash, hash } from 'node:crypto';
import type { ProposedBytes } from '../append-message.js';
import type { Position } from '../position.js';
import { isTombstone, toCopy } from './copied-log.js';
import type { StoredRecord } from './stored-record.js';

/** An event of one of two logs that are compared. */
export interface Fingerprint {
  /** Where it stands, see `placeOf`. */
  readonly place: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  /** Empty for a tombstone, whose id each server makes itself. */
  readonly id: string;
  /** Over everything that a copy keeps: stream, revision, id, type, kind of content, data and metadata. */
  readonly sha256: Buffer;
}

/** Of an event of the source, as it has to stand in the target. */
export const fingerprintOfSource = (record: StoredRecord): Fingerprint => fingerprint(record, toCopy(record));

/** Of an event of the target, as it stands there. */
export const fingerprintOfTarget = (record: StoredRecord): Fingerprint => fingerprint(record, record);

/** Stream and revision. One tombstone ends a stream, at whatever revision its server gives it. */
export const placeOf = (record: StoredRecord): string =>
  isTombstone(record) ? `${record.stream}@end` : `${record.stream}@${record.revision}`;

function fingerprint(record: StoredRecord, { isJson, data, metadata }: Omit<ProposedBytes, 'id'>): Fingerprint {
  const { stream, revision, position, type } = record;
  const place = placeOf(record);
  if (isTombstone(record))
    return { place, stream, revision, position, id: '', sha256: hash('sha256', place, 'buffer') };
  const { id } = record;
  const head = JSON.stringify([place, id, type, isJson, data.length, metadata.length]);
  const sha256 = createHash('sha256').update(head).update(data).update(metadata).digest();
  return { place, stream, revision, position, id, sha256 };
}

/**
 * One number for many events, whatever the order in which they come: each has its revision in its own fingerprint, so
 * the order within a stream counts, and that between streams does not.
 */
export class Digest {
  readonly #words = new Uint32Array(8);

  add(sha256: Buffer): void {
    for (let word = 0; word < 8; word++) this.#words[word] = (this.#words[word] ?? 0) ^ sha256.readUInt32LE(word * 4);
  }

  toString(): string {
    return Buffer.from(this.#words.buffer).toString('hex');
  }
}
