import { compactVerify, createLocalJWKSet } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entitlementOf } from '#license';
import { TestClock } from '#platform';
import { Scenario } from '#testing';
import { EntitlementKeys } from './entitlement-keys.js';
import { signEntitlement } from './signed-entitlement.js';

describe('the keys of entitlements', () => {
  const entitlement = entitlementOf(Scenario.license().state, 1);
  let dataDir: string;
  let clock: TestClock;
  let keys: EntitlementKeys;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'entitlement-keys-'));
    clock = TestClock.open(dataDir, '2026-06-01T00:00:00Z');
    keys = new EntitlementKeys(dataDir, clock);
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const daysLater = (days: number) => clock.moveTo(new Date(clock.nowMs() + days * 86_400_000).toISOString());
  const kids = async (of = keys) => (await of.published()).map(({ kid }) => kid);
  const verified = async (jws: string) => {
    const { payload } = await compactVerify(jws, createLocalJWKSet({ keys: [...(await keys.published())] }));
    return JSON.parse(Buffer.from(payload).toString()) as unknown;
  };

  it('sign all that the document says', async () => {
    const { jws, ...rest } = await signEntitlement(entitlement, await keys.current());
    expect(rest).toEqual(entitlement);
    expect(await verified(jws)).toEqual(rest);
    const [head, body, signature] = jws.split('.');
    const forged = Buffer.from(JSON.stringify({ ...rest, seats: 999 })).toString('base64url');
    await expect(verified(`${head}.${forged}.${signature}`)).rejects.toThrow('signature');
    expect(body).not.toBe(forged);
  });

  it('are the same for every process', async () => {
    const other = new EntitlementKeys(dataDir, clock);
    const [mine, theirs] = await Promise.all([keys.current(), other.current()]);
    expect(mine.kid).toBe(theirs.kid);
    expect(await kids(other)).toEqual(await kids());
  });

  it('are published before they sign, and long after', async () => {
    const signed = await signEntitlement(entitlement, await keys.current());
    const first = (await keys.current()).kid;
    const seen: { kid: string; published: string[] }[] = [];
    for (let day = 0; day < 180; day++) {
      seen.push({ kid: (await keys.current()).kid, published: await kids() });
      daysLater(1);
    }
    expect(new Set(seen.map(({ kid }) => kid)).size).toBe(3);
    for (const [day, { kid }] of seen.entries()) {
      if (kid !== first) expect(seen[day - 1]?.published).toContain(kid);
    }
    expect(await verified(signed.jws)).toEqual(entitlement);
    daysLater(400);
    expect(await kids()).not.toContain(first);
  });
});
