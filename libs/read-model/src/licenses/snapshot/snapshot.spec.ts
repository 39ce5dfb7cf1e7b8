import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import type { License } from '#contracts';
import { decodePosition } from '#http';
import { licenseIdOf, licenseStreamPrefix } from '#license';
import { ledgerSchema } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../../spec-support/spec-ledger.js';

type Line = License & { readonly sequence: string };

const url = '/v1/licenses/snapshot';
const domains = Array.from({ length: 12 }, (_, index) => `customer-${index}.example`);

describe.each(testDatabases())('The snapshot of licenses on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T00:00:00Z');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  const take = async () => {
    const { status, text, headers } = await ledger.getAs('application/x-ndjson', url, { role: 'service' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-ndjson');
    const [head, ...lines] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const { position } = head as { readonly position: string };
    expect(headers['ledger-position']).toBe(position);
    return { position, licenses: lines as Line[] };
  };

  /** The sequences of the events after a position, by license. */
  const eventsAfter = async (position: string): Promise<Map<string, number[]>> => {
    const after = position === 'start' ? position : decodePosition(position, 'position');
    const found = new Map<string, number[]>();
    for await (const { stream, revision } of ledger.store.readAll({ after, prefixes: [licenseStreamPrefix] })) {
      const licenseId = stream.slice(licenseStreamPrefix.length);
      found.set(licenseId, [...(found.get(licenseId) ?? []), Number(revision) + 1]);
    }
    return found;
  };

  it('has no license where there is none yet, and a position all the same', async () => {
    const { position, licenses } = await take();
    expect(licenses).toEqual([]);
    await ledger.register('first.example');
    expect(await eventsAfter(position)).toEqual(new Map([[licenseIdOf('first.example'), [1, 2]]]));
  });

  it('has each license as it is asked for alone', async () => {
    const path = await ledger.register('acme.example');
    await ledger.post(`${path}/seat-changes`, { seats: 48 });
    const { body: license } = await ledger.get(path);
    const { licenses } = await take();
    const found = licenses.find(({ licenseId }) => licenseId === license['licenseId']);
    expect(found).toEqual({ ...license, sequence: '0000000003' });
    expect(license['revision']).toBe(2);
  });

  it('is one state of the ledger, behind which the events go on without a gap or a repeat, while all is moving', async () => {
    for (const domain of domains) await ledger.register(domain);
    let isOver = false;
    const writing = domains.map(async (domain, index) => {
      const path = `/v1/licenses/${licenseIdOf(domain)}`;
      for (let seats = 61 + index; !isOver; seats++) await ledger.post(`${path}/seat-changes`, { seats });
    });
    const taken = [];
    for (let round = 0; round < 10; round++) taken.push(await take());
    isOver = true;
    await Promise.all(writing);
    for (const { position, licenses } of taken) {
      const after = await eventsAfter(position);
      const held = new Map(licenses.map(({ licenseId, sequence }) => [licenseId, Number(sequence)]));
      for (const [licenseId, sequences] of after) {
        const first = (held.get(licenseId) ?? 0) + 1;
        expect(sequences).toEqual(sequences.map((_, index) => first + index));
      }
      expect(licenses).toHaveLength(domains.length + 2);
    }
    const [first, last] = [taken[0]!, taken.at(-1)!].map(({ position }) => decodePosition(position, '').commit);
    expect(last).toBeGreaterThan(first!);
  }, 60_000);

  it('is not given out while a license is parked: what it lacks would come before the position', async () => {
    const values = `'license-x', 'e', 'LicenseEaten', 1, 'unknown'`;
    const parked = `${ledgerSchema}.parked_streams`;
    await ledger.pool.query(
      `INSERT INTO ${parked} (stream, event_id, event_type, revision, reason) VALUES (${values})`,
    );
    const { status, body } = await ledger.get(url, { role: 'service' });
    expect([status, body['code']]).toEqual([503, 'read-model-behind']);
    await ledger.pool.query(`DELETE FROM ${parked}`);
    await take();
  });

  it('is open to services and finance, and leaves no file behind', async () => {
    expect((await ledger.getAs('*/*', url, { role: 'finance' })).status).toBe(200);
    for (const role of ['billing', 'support'] as const) expect((await ledger.get(url, { role })).status).toBe(403);
    expect((await ledger.get(url, { role: 'customer', email: 'billing@acme.example' })).status).toBe(403);
    const descriptors = '/proc/self/fd';
    if (!existsSync(descriptors)) return;
    const targets = readdirSync(descriptors).map((name) => targetOf(`${descriptors}/${name}`));
    expect(targets.filter((target) => target.includes('seat-ledger-snapshot'))).toEqual([]);
  });
});

/** Nothing where the descriptor has been closed since it was listed. */
function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
