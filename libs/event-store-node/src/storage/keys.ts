import { createHash } from 'node:crypto';

/** Keys are bytes whose order is the order of what they stand for: whole numbers as eight bytes, the highest first. */

const WORD = 2 ** 32;
/** Longer names are kept under their hash: the storage bounds the length of a key. */
const NAME_BYTES_MAX = 512;
const NAME_PLAIN = Buffer.from([1]);
const NAME_HASHED = Buffer.from([2]);

export function writeNumber(target: Buffer, offset: number, value: number): Buffer {
  target.writeUInt32BE(Math.floor(value / WORD), offset);
  target.writeUInt32BE(value % WORD, offset + 4);
  return target;
}

export const readNumber = (source: Buffer, offset = 0): number =>
  source.readUInt32BE(offset) * WORD + source.readUInt32BE(offset + 4);

export const numberKey = (value: number): Buffer => writeNumber(Buffer.allocUnsafe(8), 0, value);

export const revisionKey = (streamNumber: number, revision: number): Buffer =>
  writeNumber(writeNumber(Buffer.allocUnsafe(16), 0, streamNumber), 8, revision);

export function eventIdKey(streamNumber: number, id: Buffer): Buffer {
  const key = writeNumber(Buffer.allocUnsafe(24), 0, streamNumber);
  id.copy(key, 8);
  return key;
}

export function streamKey(name: string): Buffer {
  const bytes = Buffer.from(name);
  return bytes.length <= NAME_BYTES_MAX
    ? Buffer.concat([NAME_PLAIN, bytes])
    : Buffer.concat([NAME_HASHED, createHash('sha256').update(bytes).digest()]);
}
