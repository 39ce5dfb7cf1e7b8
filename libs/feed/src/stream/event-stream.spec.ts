import { setTimeout as sleep } from 'node:timers/promises';
import { encodePosition } from '#http';
import { LicenseLog } from '../log/license-log.js';
import { SpecFeed } from '../spec-support/spec-feed.js';
import { eventStream, type EventStreamOptions } from './event-stream.js';
import { EventStreams } from './event-streams.js';

const nobody = new Set(['io.seat-ledger.license-cancelled.v1'] as const);

describe("A consumer's stream", () => {
  let feed: SpecFeed;
  let log: LicenseLog;
  let leaving: AbortController;

  beforeAll(async () => {
    feed = await SpecFeed.start();
    await feed.append('acme.example', 'StaffCountReported', 250);
  });
  afterAll(() => feed.stop());
  beforeEach(() => {
    log = new LicenseLog(feed.store);
    leaving = new AbortController();
  });
  afterEach(async () => {
    leaving.abort();
    await log.onModuleDestroy();
  });

  const stream = (more: Partial<EventStreamOptions> = {}) => {
    log.follow();
    const { signal } = leaving;
    return eventStream(log, { after: 'start', filter: {}, signal, heartbeatMs: 50, pageEvents: 100, ...more });
  };
  const idIn = (chunk: Buffer): string | undefined => /^id: (.+)$/m.exec(chunk.toString())?.[1];

  it('moves on by heartbeats where the filter lets nothing through', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream({ filter: { types: nobody } })) {
      chunks.push(chunk);
      if (idIn(chunk) === encodePosition(await feed.store.lastPosition())) break;
    }
    expect(chunks.every((chunk) => !chunk.includes('data:'))).toBe(true);
    await feed.append('other.example', 'StaffCountReported');
    const later = encodePosition(await feed.store.lastPosition());
    for await (const chunk of stream({ filter: { types: nobody }, after: await log.end() })) {
      if (idIn(chunk) === later) break;
    }
  });

  it('sends a heartbeat while nothing happens, and ends at once when it is told to', async () => {
    const events = stream({ after: await log.end(), heartbeatMs: 30 });
    for (let beats = 0; beats < 4; beats++) expect((await events.next()).value?.toString()).toContain(': \n');
    const waiting = events.next();
    leaving.abort();
    expect((await waiting).value?.toString() ?? '').not.toContain('data:');
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('reads one page and no more for a consumer that takes none', async () => {
    const read = jest.spyOn(feed.store, 'readPage');
    const stuck = new EventStreams(log).start('start', {}, leaving.signal);
    const first = (await stuck[Symbol.asyncIterator]().next()).value as Buffer;
    expect(first.toString()).toBe('retry: 2000\n: \n\n');
    await sleep(200);
    expect(read.mock.calls.length).toBe(1);
    expect(stuck.readableLength).toBeLessThan(100_000);
    read.mockRestore();
    stuck.destroy();
  });
});
