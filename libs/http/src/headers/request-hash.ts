import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

/** Deeper than any DTO; without a bound a hostile body could exhaust the stack. */
const canonicalJson = configure({ maximumDepth: 32, circularValue: Error });

/** What tells a repeated request from another one under the same idempotency key: SHA-256 in hexadecimal. */
export function requestHash(method: string, path: string, body: unknown): string {
  const text = canonicalJson([method, path, body ?? null]) ?? '';
  return createHash('sha256').update(text).digest('hex');
}
