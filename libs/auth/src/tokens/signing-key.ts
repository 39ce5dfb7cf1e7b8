import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** One key for each purpose, so that what is signed for one never passes for the other. */
export type KeyPurpose = 'access-tokens' | 'entitlements';

export type PublicJwk = JWK & { readonly kid: string };

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** With `kid`, `alg` and `use`, ready for a key set. */
  readonly publicJwk: PublicJwk;
}

/**
 * The Ed25519 key of this data folder for `purpose`, made on first use and readable by its owner alone. Processes that
 * come for it at once all get the same: whoever links its file first has made it.
 */
export async function openSigningKey(dataDir: string, purpose: KeyPurpose): Promise<SigningKey> {
  const folder = join(dataDir, 'auth');
  const file = join(folder, `${purpose}.jwk.json`);
  const stored = (await read(file)) ?? (await create(folder, file));
  const { d: _, ...publicPart } = stored;
  const kid = await calculateJwkThumbprint(stored);
  return {
    kid,
    privateKey: (await importJWK(stored, 'EdDSA')) as CryptoKey,
    publicJwk: { ...publicPart, kid, alg: 'EdDSA', use: 'sig' },
  };
}

async function read(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new Error(`The signing key ${file} can not be read. Restore it, or remove it to have a new one made.`, {
      cause: error,
    });
  }
}

async function create(folder: string, file: string): Promise<JWK> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(await exportJWK(privateKey)));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const winner = await read(file);
  if (winner === undefined) throw new Error(`The signing key ${file} vanished while it was being made. Try again.`);
  return winner;
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
