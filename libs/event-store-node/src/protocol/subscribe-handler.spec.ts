import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, START } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { LinkStreams } from '../link-streams/link-streams.js';
import { PersistentSubscriptions } from '../persistent-subscriptions/persistent-subscriptions.js';
import type { EventLog } from '../storage/event-log.js';
import { LmdbEventLog } from '../storage/lmdb-event-log.js';
import { ProtocolServer } from './protocol-server.js';

const EVENTS = 1_000;
const EVENT_BYTES = 32 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'subscribe-handler-'));
let log: LmdbEventLog;
let server: ProtocolServer;
let bytesRead = 0;

/** The log itself, with a count of what is read from it. */
const counting = (counted: EventLog): EventLog =>
  Object.create(counted, {
    readAll: {
      value: (...args: Parameters<EventLog['readAll']>) => {
        const page = counted.readAll(...args);
        for (const { record } of page) bytesRead += record.length;
        return page;
      },
    },
  }) as EventLog;

beforeAll(async () => {
  log = await LmdbEventLog.open({ folder, now: Date.now, onFailure: () => undefined });
  for (let n = 0; n < EVENTS; n += 1) {
    const event = { id: randomUUID(), type: 'Large', contentType: 'application/octet-stream' };
    const data = Buffer.alloc(EVENT_BYTES, n);
    void log.append({ stream: 'large', expected: 'any', events: [{ ...event, metadata: Buffer.alloc(0), data }] });
  }
  await log.append({ stream: 'last', expected: 'any', events: [] });
  server = await ProtocolServer.listen({
    log: counting(log),
    subscriptions: new PersistentSubscriptions(log, Date.now),
    links: new LinkStreams(log),
    host: '127.0.0.1',
    port: 0,
    advertisedHost: '127.0.0.1',
    tls: undefined,
    adminPassword: 'changeit',
    credentialsRequired: false,
    appendBytesMax: 1024 * 1024,
    now: Date.now,
  });
});
afterAll(async () => {
  await server.stop();
  await log.close();
  rmSync(folder, { recursive: true });
});

describe('a subscription', () => {
  it('reads no further than its client takes, and then reads on', async () => {
    const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${server.port}?tls=false`);
    const subscription = client.subscribeToAll({ fromPosition: START });
    let received = 0;
    subscription.on('data', () => (received += 1));
    await new Promise((resolve) => subscription.once('data', resolve));
    subscription.pause();
    // Others are served meanwhile; after so many of them whatever would be read has been.
    for (let n = 0; n < 200; n += 1) await client.appendToStream('other', []);
    expect(received).toBeLessThan(EVENTS / 10);
    expect(bytesRead).toBeLessThan((EVENTS * EVENT_BYTES) / 8);
    const all = new Promise((resolve) => subscription.once('caughtUp', resolve));
    subscription.resume();
    await all;
    expect(received).toBeGreaterThanOrEqual(EVENTS);
    await subscription.unsubscribe();
  });
});
