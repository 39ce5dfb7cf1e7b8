import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';

/** By this a service key is told from a token, and found by those who look for secrets in the wrong places. */
export const keyPrefix = 'slk_';

const format = /^slk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;
const namespace = '3d0c1f0e-7a52-5c0b-9a53-2f6f1b0f7d19';

/** A key as its holder has it: `slk_<key id>_<secret>`. */
export interface KeyText {
  readonly keyId: string;
  readonly secret: string;
}

/**
 * The key that a request gets. It is made of the request's idempotency key and a secret of the ledger: sent again, the
 * same request gets the same key, though only its hash is kept.
 */
export function keyFor(subject: string, idempotencyKey: string, ledgerSecret: Buffer): KeyText {
  const request = `${subject}\n${idempotencyKey}`;
  return {
    keyId: uuidV5(request, namespace),
    secret: createHmac('sha256', ledgerSecret).update(request).digest('base64url'),
  };
}

export const writeKey = ({ keyId, secret }: KeyText): string => `${keyPrefix}${keyId.replaceAll('-', '')}_${secret}`;

export function readKey(text: string): KeyText | undefined {
  const [, id, secret] = format.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { keyId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), secret };
}

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const isHashOf = (hash: Buffer, secret: string): boolean => timingSafeEqual(hash, hashOf(secret));
