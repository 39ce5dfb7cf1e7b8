import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { madeOnce } from './made-once.js';

/** 32 random bytes of this data folder for `purpose`, made on first use; the same for whoever comes for them at once. */
export async function openSecret(
  dataDir: string,
  purpose: 'callbacks' | 'service-keys' | 'personal-data',
): Promise<Buffer> {
  const file = join(dataDir, 'auth', `${purpose}.secret`);
  const text = await madeOnce(file, () => Promise.resolve(randomBytes(32).toString('base64')));
  const secret = Buffer.from(text, 'base64');
  if (secret.length === 32) return secret;
  throw new Error(`The secret ${file} can not be read. Restore it, or remove it to have a new one made.`);
}
