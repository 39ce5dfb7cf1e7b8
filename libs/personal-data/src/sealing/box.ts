import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
export const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

/** What was sealed can not be opened: it was changed, or it belongs to another place or another key. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal';
}

/**
 * Encrypts bytes so that they can be read, and told from any other bytes, with the key and in their own place alone.
 *
 * @param place where they belong: what is sealed for one place does not open in another
 * @returns nonce, ciphertext and tag
 */
export function seal(key: Buffer, place: readonly (string | number)[], plain: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(bytesOf(place));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws BrokenSeal */
export function open(key: Buffer, place: readonly (string | number)[], sealed: Buffer): Buffer {
  if (sealed.length < ivLength + tagLength) throw new BrokenSeal(`${sealed.length} bytes are too few for a seal`);
  const iv = sealed.subarray(0, ivLength);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength })
    .setAAD(bytesOf(place))
    .setAuthTag(sealed.subarray(-tagLength));
  const plain = decipher.update(sealed.subarray(ivLength, -tagLength));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (cause) {
    throw new BrokenSeal(`what was sealed for ${place.join(' ')} does not open`, { cause });
  }
}

/** As JSON, so that no two places look alike. */
const bytesOf = (place: readonly (string | number)[]): Buffer => Buffer.from(JSON.stringify(place));
