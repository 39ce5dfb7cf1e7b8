import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { join } from 'node:path';
import { madeOnce, readSecretFile } from './made-once.js';

/**
 * One key for each purpose, so that what is signed for one never passes for the other. Those of entitlements are
 * numbered, because they are rotated.
 */
export type KeyPurpose = 'access-tokens' | `entitlements-${number}`;

export type PublicJwk = JWK & { readonly kid: string };

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** With `kid`, `alg` and `use`, ready for a key set. */
  readonly publicJwk: PublicJwk;
}

/** The key of this data folder for `purpose`, if it was made. */
export async function findSigningKey(dataDir: string, purpose: KeyPurpose): Promise<SigningKey | undefined> {
  const file = fileOf(dataDir, purpose);
  const text = await readSecretFile(file);
  return text === undefined ? undefined : toSigningKey(text, file);
}

/** The Ed25519 key of this data folder for `purpose`, made on first use; the same for whoever comes for it at once. */
export async function openSigningKey(dataDir: string, purpose: KeyPurpose): Promise<SigningKey> {
  const file = fileOf(dataDir, purpose);
  return toSigningKey(await madeOnce(file, newKey), file);
}

function fileOf(dataDir: string, purpose: KeyPurpose): string {
  return join(dataDir, 'auth', `${purpose}.jwk.json`);
}

async function newKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

async function toSigningKey(text: string, file: string): Promise<SigningKey> {
  try {
    const stored = JSON.parse(text) as JWK;
    const { d: _, ...publicPart } = stored;
    const kid = await calculateJwkThumbprint(stored);
    return {
      kid,
      privateKey: (await importJWK(stored, 'EdDSA')) as CryptoKey,
      publicJwk: { ...publicPart, kid, alg: 'EdDSA', use: 'sig' },
    };
  } catch (error) {
    throw new Error(`The signing key ${file} can not be read. Restore it, or remove it to have a new one made.`, {
      cause: error,
    });
  }
}
