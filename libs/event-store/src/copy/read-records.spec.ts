import { randomUUID } from 'node:crypto';
import type { ProposedBytes } from '../append-message.js';
import { EventStoreUnavailable } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { StoreFixture } from '../spec-support/store-fixture.js';
import type { StoredRecord } from './stored-record.js';

describe('EventStore.readRecords', () => {
  let fixture: StoreFixture;
  let store: EventStore;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
  });
  afterAll(() => fixture.close());

  const bytes = (of: Partial<ProposedBytes> = {}): ProposedBytes => ({
    id: randomUUID(),
    type: 'Kept',
    isJson: true,
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
    ...of,
  });

  async function recordsOf(stream: string): Promise<StoredRecord[]> {
    const records: StoredRecord[] = [];
    for await (const record of store.readRecords({ from: 'start', doing: 'reading' })) {
      if (record.stream === stream) records.push(record);
    }
    return records;
  }

  it('gives back the bytes that were written, whatever they are', async () => {
    const stream = `kept-${randomUUID()}`;
    const events = [
      bytes({ data: Buffer.from('{ "n": 9007199254740993, "x": 1.0 }\n'), metadata: Buffer.from('{"a" : "\\u00e9"}') }),
      bytes({ isJson: false, data: Buffer.from([0, 255, 1, 254]), metadata: Buffer.from([128, 0]) }),
      bytes({ data: Buffer.from('not JSON at all') }),
      bytes({ isJson: false, data: Buffer.alloc(0) }),
    ];
    await store.append({ stream, expectedRevision: -1n, events });
    const records = await recordsOf(stream);
    expect(records.map(({ id, type, isJson, data, metadata }) => ({ id, type, isJson, data, metadata }))).toEqual(
      events,
    );
    expect(records.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n]);
    const age = Date.now() - Number(records[0]!.createdTicks / 10_000n);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(60_000);
  });

  it('goes on behind the last event when the connection breaks, and ends when it stays broken', async () => {
    const stream = `many-${randomUUID()}`;
    const padded = () => bytes({ data: Buffer.from(JSON.stringify('x'.repeat(10_000))) });
    for (let revision = -1n; revision < 999n; revision += 50n) {
      await store.append({ stream, expectedRevision: revision, events: Array.from({ length: 50 }, padded) });
    }
    const proxy = await fixture.proxy();
    const far = fixture.connect({ readTimeoutMs: 20_000, patienceMs: 20_000 }, proxy.connectionString);
    const revisions: bigint[] = [];
    for await (const record of far.readRecords({ from: 'start', doing: 'reading the source' })) {
      if (record.stream !== stream) continue;
      revisions.push(record.revision);
      if (record.revision % 300n === 299n) {
        proxy.cut();
        proxy.heal();
      }
    }
    expect(revisions).toEqual(Array.from({ length: 1_000 }, (_, index) => BigInt(index)));

    const hasty = fixture.connect({ readTimeoutMs: 20_000, patienceMs: 2_000 }, proxy.connectionString);
    const cutForGood = async () => {
      for await (const _ of hasty.readRecords({ from: 'start', doing: 'reading the source' })) proxy.cut();
    };
    const reading = cutForGood();
    await expect(reading).rejects.toThrow(EventStoreUnavailable);
    await expect(reading).rejects.toThrow(/reading the source/);
  });

  it('may be left at any time', async () => {
    for (let round = 0; round < 3; round++) {
      for await (const { position } of store.readRecords({ from: 'start', doing: 'reading' })) {
        if (position.commit > 1n) break;
      }
    }
    await expect(store.health()).resolves.toMatchObject({ available: true });
  });
});
