import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  type EventData,
} from '@eventstore/db-client';
import { startEventStoreNode, type EventStoreNode, type EventStoreNodeOptions } from './start-event-store-node.js';

const folders: string[] = [];
const running = new Set<EventStoreNode>();

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-node-'));
  folders.push(folder);
  return folder;
}

async function start(options: EventStoreNodeOptions) {
  const node = await startEventStoreNode(options);
  running.add(node);
  return { node, client: EventStoreDBClient.connectionString(node.connectionString) };
}

afterEach(async () => {
  await Promise.all([...running].map((node) => node.stop()));
  running.clear();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function* forEver(): Generator<EventData> {
  for (;;) yield jsonEvent({ type: 'Counted', data: {} });
}

const events = (...numbers: number[]) => numbers.map((n) => jsonEvent({ type: 'Counted', data: { n } }));

async function first<T>(reading: AsyncIterable<T>): Promise<T> {
  const { value, done } = await reading[Symbol.asyncIterator]().next();
  if (done) throw new Error('There was nothing to read.');
  return value;
}

const numberOf = ({ event }: { event?: { data: unknown } | undefined }) => (event?.data as { n: number }).n;

async function numbersOf(reading: AsyncIterable<{ event?: { data: unknown } | undefined }>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const received of reading) numbers.push(numberOf(received));
  return numbers;
}

describe('a start after a stop', () => {
  it('finds everything, and gives out the positions behind', async () => {
    const dataFolder = newFolder();
    const before = await start({ dataFolder });
    const { position } = await before.client.appendToStream('kept', events(1, 2));
    await before.client.deleteStream('kept');
    await before.client.appendToStream('kept', events(3));
    await before.node.stop();

    const { client } = await start({ dataFolder });
    expect(await numbersOf(client.readStream('kept'))).toEqual([3]);
    const next = await client.appendToStream('kept', events(4), { expectedRevision: 2n });
    expect(next.position?.commit).toBeGreaterThan(position?.commit ?? 0n);
  });

  it('finds its subscription groups where they were', async () => {
    const dataFolder = newFolder();
    const before = await start({ dataFolder });
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, maxRetryCount: 7 });
    await before.client.createPersistentSubscriptionToStream('work', 'workers', settings);
    await before.client.appendToStream('work', events(1, 2, 3));
    const subscription = before.client.subscribeToPersistentSubscriptionToStream('work', 'workers');
    const ended = new Promise((resolve) => subscription.once('error', resolve));
    subscription.on('data', (received) => {
      if (numberOf(received) < 3) void subscription.ack(received);
    });
    for (let finished = 0; finished < 2;) {
      const { stats } = await before.client.getPersistentSubscriptionToStreamInfo('work', 'workers');
      finished = Number(stats.totalItems) - stats.outstandingMessagesCount;
    }
    await before.node.stop();
    expect(await ended).toMatchObject({ type: 'cancelled' });

    const { client } = await start({ dataFolder });
    expect((await client.getPersistentSubscriptionToStreamInfo('work', 'workers')).settings).toEqual(settings);
    const left = await first(client.subscribeToPersistentSubscriptionToStream('work', 'workers'));
    expect(left.event?.data).toEqual({ n: 3 });
  });

  it('goes on linking', async () => {
    const dataFolder = newFolder();
    const before = await start({ dataFolder, linkStreams: true });
    await before.node.stop();
    const { client } = await start({ dataFolder });
    const links = client.subscribeToStream('$ce-account', { resolveLinkTos: true });
    await client.appendToStream('account-1', events(1));
    expect((await first(links)).event?.streamId).toBe('account-1');
  });
});

describe('a stop', () => {
  it('ends subscriptions with word of it, and appends as unavailable', async () => {
    const { node, client } = await start({ dataFolder: newFolder() });
    await client.appendToStream('stream', events(1));
    const subscription = client.subscribeToAll({ fromPosition: START });
    const ended = new Promise((resolve) => subscription.once('error', resolve));
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await node.stop();
    expect(await ended).toMatchObject({ type: 'cancelled' });
    await expect(client.appendToStream('stream', events(2))).rejects.toMatchObject({ code: 14 });
  });

  it('ends a read that is under way as unavailable', async () => {
    const { node, client } = await start({ dataFolder: newFolder() });
    const large = Array.from({ length: 1_000 }, () => jsonEvent({ type: 'Large', data: { pad: 'x'.repeat(900) } }));
    for (let n = 0; n < 5; n += 1)
      await client.appendToStream(
        'stream',
        large.map((event) => ({ ...event, id: randomUUID() })),
      );
    const reading = client.readStream('stream');
    await new Promise((resolve) => reading.once('data', resolve));
    reading.pause();
    const ended = new Promise((resolve) => reading.once('error', resolve));
    await node.stop();
    reading.resume();
    expect(await ended).toMatchObject({ type: 'unavailable' });
  });

  it('refuses an append of which a part is missing as unavailable', async () => {
    const { node, client } = await start({ dataFolder: newFolder() });
    await client.appendToStream('stream', events(0));
    const credentials = { username: 'admin', password: 'changeit' };
    const endless = Object.assign([], { [Symbol.iterator]: () => forEver() }) as EventData[];
    const appending = client.appendToStream('stream', endless, { credentials, deadline: Infinity });
    const refused = expect(appending).rejects.toMatchObject({ type: 'unavailable' });
    await node.stop();
    await refused;
  });

  it('answers the appends that are under way', async () => {
    const dataFolder = newFolder();
    const { node, client } = await start({ dataFolder });
    await client.appendToStream('stream', events(0));
    const appends = events(...Array.from({ length: 200 }, (_, n) => n)).map((event) =>
      client.appendToStream('stream', event),
    );
    await appends[0];
    await node.stop();
    const outcomes = await Promise.allSettled(appends);
    const acknowledged = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const again = await start({ dataFolder });
    expect((await numbersOf(again.client.readStream('stream'))).length).toBe(acknowledged + 1);
  });
});

describe('a consumer that asks to be stopped', () => {
  it('is ended without an error, and what it had goes to another', async () => {
    const { client } = await start({ dataFolder: newFolder() });
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    await client.createPersistentSubscriptionToStream('work', 'workers', settings);
    await client.appendToStream('work', events(1));
    const consumer = client.subscribeToPersistentSubscriptionToStream('work', 'workers');
    const errors: unknown[] = [];
    const ended = new Promise((resolve) => consumer.once('end', resolve));
    consumer.on('error', (error) => errors.push(error));
    consumer.once('data', (received) => void consumer.nack('stop', 'enough', received));
    await ended;
    expect(errors).toEqual([]);
    expect(numberOf(await first(client.subscribeToPersistentSubscriptionToStream('work', 'workers')))).toBe(1);
  });
});

describe('a data folder', () => {
  it('is for one process at a time, and for nothing else', async () => {
    const dataFolder = newFolder();
    await start({ dataFolder });
    await expect(startEventStoreNode({ dataFolder })).rejects.toThrow(`in use by process ${process.pid}`);
    const foreign = newFolder();
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    await expect(startEventStoreNode({ dataFolder: foreign })).rejects.toThrow('does not belong to the event store');
  });
});

describe('the limits of an append', () => {
  it('are set by configuration', async () => {
    const { client } = await start({ dataFolder: newFolder(), appendBytesMax: 1_000 });
    const large = jsonEvent({ type: 'Large', data: { pad: 'x'.repeat(1_000) } });
    const refused = { type: 'maximum-append-size-exceeded', maxAppendSize: 1_000 };
    await expect(client.appendToStream('stream', large)).rejects.toMatchObject(refused);
    const credentials = { username: 'admin', password: 'changeit' };
    await expect(client.appendToStream('stream', large, { credentials })).rejects.toMatchObject(refused);
  });
});

describe('plain HTTP on the same port', () => {
  it('says that the node lives, and takes one event', async () => {
    const { node, client } = await start({ dataFolder: newFolder() });
    const base = `http://127.0.0.1:${node.port}`;
    expect((await fetch(`${base}/health/live`)).status).toBe(204);
    expect(await (await fetch(`${base}/ping`)).json()).toMatchObject({ msgTypeId: expect.any(Number) as number });
    const { members } = (await (await fetch(`${base}/gossip`)).json()) as { members: object[] };
    expect(members).toEqual([expect.objectContaining({ state: 'Leader', isAlive: true, httpEndPointPort: node.port })]);
    const post = (authorization: Record<string, string>) =>
      fetch(`${base}/streams/posted`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'es-eventtype': 'Posted', ...authorization },
        body: '{"n":1}',
      });
    expect((await post({})).status).toBe(201);
    expect((await post({ authorization: `Basic ${btoa('admin:wrong')}` })).status).toBe(401);
    expect(await numbersOf(client.readStream('posted'))).toEqual([1]);
    expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
  });
});

describe('what is not built', () => {
  it('is answered as unimplemented', async () => {
    const { client } = await start({ dataFolder: newFolder() });
    await expect(client.createProjection('own', 'fromAll()')).rejects.toMatchObject({ code: 12 });
  });
});

describe('a public address', () => {
  it('needs TLS and a password', async () => {
    const dataFolder = newFolder();
    await expect(startEventStoreNode({ dataFolder, host: '0.0.0.0' })).rejects.toThrow('without TLS');
    const tls = { certificate: '', key: '' };
    await expect(startEventStoreNode({ dataFolder, host: '0.0.0.0', tls })).rejects.toThrow('without TLS');
  });
});
