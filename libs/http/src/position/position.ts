import { invalidValue } from '../problem/problem-exception.js';

/** A place in the event store's global log. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const BYTES = 16;
const ENCODED = /^[A-Za-z0-9_-]{22}$/;

/** The position as the opaque word of `Ledger-Position`. */
export function encodePosition({ commit, prepare }: Position): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeBigUInt64BE(commit, 0);
  bytes.writeBigUInt64BE(prepare, 8);
  return bytes.toString('base64url');
}

/** @throws ProblemException `validation-failed`, naming `path`, when `text` is not a position that we gave out. */
export function decodePosition(text: string, path: string): Position {
  const bytes = Buffer.from(text, 'base64url');
  if (!ENCODED.test(text) || bytes.length !== BYTES) {
    throw invalidValue(path, 'must be the Ledger-Position of an earlier answer');
  }
  return { commit: bytes.readBigUInt64BE(0), prepare: bytes.readBigUInt64BE(8) };
}

export const isAfter = (a: Position, b: Position): boolean =>
  a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);
