import { randomUUID } from 'node:crypto';
import { encodeEvent, licenseIdOf, licenseStream, type LicenseEvent } from '#license';
import { Scenario, testDatabases, type TestDatabase } from '#testing';
import { ledgerSchema, parkedLicenses, readModelStatus, releaseParked } from '#read-model';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe.each(testDatabases())('the upkeep of the read model on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  /** Puts events into a license's stream as another program might, past every command. */
  async function append(domain: string, expectedRevision: bigint, events: readonly { type: string; data: unknown }[]) {
    await ledger.store.append({
      stream: licenseStream(licenseIdOf(domain)),
      expectedRevision,
      events: events.map(({ type, data }) => ({
        id: randomUUID(),
        type,
        json: JSON.stringify(data),
        metadataJson: '{"schemaVersion":1}',
      })),
    });
  }
  const status = async () => (await readModelStatus(ledger.pool, ledger.store, Date.now()))[0];
  const parked = () => parkedLicenses(ledger.pool, ledgerSchema, 10);
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('says how far the rows have come', async () => {
    await ledger.register('acme.example');
    await ledger.get('/v1/licenses');
    expect(await status()).toMatchObject({
      name: ledgerSchema,
      use: 'serves',
      waiting: { events: 0, lagMs: 0 },
      parkedStreams: 0,
    });
    await ledger.projector.stop();
    await ledger.register('later.example');
    const behind = await status();
    expect(behind?.waiting.events).toBe(2);
    expect(behind?.waiting.lagMs).toBeGreaterThan(0);
    ledger.projector.start();
  });

  it('says what is parked and why, and releases it beside a running projector when the cause is mended', async () => {
    await append('acme.example', 1n, [{ type: 'SeatsTeleported', data: {} }]);
    const { events } = Scenario.license({ domain: 'early.example', planId: 'pro', seats: 5 });
    await append(
      'early.example',
      -1n,
      events.map((event: LicenseEvent) => encodeEvent(event)),
    );
    await until(async () => (await parked()).length === 2);
    expect(await parked()).toMatchObject([
      {
        domain: 'acme.example',
        eventType: 'SeatsTeleported',
        revision: '2',
        reason: expect.stringContaining('not an event') as string,
      },
      {
        domain: null,
        eventType: 'LicenseRegistered',
        revision: '0',
        reason: expect.stringContaining("plan 'pro'") as string,
      },
    ]);
    expect((await ledger.get(`/v1/licenses/${licenseIdOf('early.example')}`)).status).toBe(404);

    await ledger.post(
      '/v1/plans/pro',
      { name: 'Pro', prices: [{ currency: 'USD', interval: 'month', amount: 2000 }] },
      'PUT',
    );
    expect(await releaseParked(ledger.pool)).toEqual({ released: 1, left: 1 });
    expect((await parked()).map(({ domain }) => domain)).toEqual(['acme.example']);
    expect((await ledger.get(`/v1/licenses/${licenseIdOf('early.example')}`)).body).toMatchObject({ seats: 5 });

    // The projector has been overtaken, and goes on from where the release has left off.
    await ledger.register('next.example');
    await until(async () => (await ledger.get(`/v1/licenses/${licenseIdOf('next.example')}`)).status === 200);
    expect(await status()).toMatchObject({ parkedStreams: 1, waiting: { events: 0 } });
  });
});
