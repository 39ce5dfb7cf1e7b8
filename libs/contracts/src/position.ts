/** A place in the event store's global log. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const BYTES = 16;
const ENCODED = /^[A-Za-z0-9_-]{22}$/;

/** The position as the opaque word of `Ledger-Position` and of an event's `position`. */
export function encodePosition({ commit, prepare }: Position): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeBigUInt64BE(commit, 0);
  bytes.writeBigUInt64BE(prepare, 8);
  return bytes.toString('base64url');
}

/** The position that `encodePosition` wrote, or null when the text is none. */
export function positionOf(text: string): Position | null {
  const bytes = Buffer.from(text, 'base64url');
  if (!ENCODED.test(text) || bytes.length !== BYTES) return null;
  return { commit: bytes.readBigUInt64BE(0), prepare: bytes.readBigUInt64BE(8) };
}
