import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSigningKey, openSigningKey } from './signing-key.js';

describe('openSigningKey', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'signing-key-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('makes one key, whoever comes for it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => openSigningKey(dataDir, 'access-tokens')));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect((await openSigningKey(dataDir, 'access-tokens')).kid).toBe(keys[0]?.kid);
    expect(await readdir(join(dataDir, 'auth'))).toEqual(['access-tokens.jwk.json']);
  });

  it('keeps it from others', async () => {
    await openSigningKey(dataDir, 'access-tokens');
    expect((await stat(join(dataDir, 'auth', 'access-tokens.jwk.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'auth'))).mode & 0o777).toBe(0o700);
  });

  it('publishes no private part, and has another key for another purpose', async () => {
    const { kid, publicJwk } = await openSigningKey(dataDir, 'access-tokens');
    expect(publicJwk).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.any(String) as string,
      kid,
      alg: 'EdDSA',
      use: 'sig',
    });
    expect((await openSigningKey(dataDir, 'entitlements-1')).kid).not.toBe(kid);
  });

  it('finds only what was made', async () => {
    expect(await findSigningKey(dataDir, 'entitlements-1')).toBeUndefined();
    const { kid } = await openSigningKey(dataDir, 'entitlements-1');
    expect((await findSigningKey(dataDir, 'entitlements-1'))?.kid).toBe(kid);
  });

  it('says what to do about a damaged file', async () => {
    await openSigningKey(dataDir, 'access-tokens');
    await writeFile(join(dataDir, 'auth', 'access-tokens.jwk.json'), '{');
    await expect(openSigningKey(dataDir, 'access-tokens')).rejects.toThrow('Restore it, or remove it');
  });
});
