import { join } from 'node:path';
import { type EventStoreDBClient, jsonEvent, StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client';
import { EventStore, type StoredRecord } from '#event-store';
import { EventStoreProcess } from '../event-store/event-store-process.js';
import { CliProcess, runCli } from '../support/cli.js';
import { freePort, temporaryFolder } from '../support/ledger-process.js';
import { seeded } from '../support/seeded.js';
import { writeVariedLog, type VariedLog } from './varied-log.js';

/**
 * The log is moved between two servers by the command line, each a process of its own, and the command is killed while
 * it copies. Set COPY_SEED to try another log and other moments, and COPY_KILLS to kill more often.
 */
const seed = Number(process.env['COPY_SEED'] ?? 20240229);
const kills = Number(process.env['COPY_KILLS'] ?? 4);
const password = 'correct-horse';

describe(`events copy, killed ${kills} times (seed ${seed})`, () => {
  const folder = temporaryFolder();
  const random = seeded(seed);
  let servers: readonly [EventStoreProcess, EventStoreProcess];
  let source: EventStoreDBClient;
  let target: EventStoreDBClient;
  let log: VariedLog;

  beforeAll(async () => {
    servers = await Promise.all([
      EventStoreProcess.start(join(folder.path, 'source')),
      EventStoreProcess.start(join(folder.path, 'target')),
    ]);
    [source, target] = [servers[0].client, servers[1].client];
    log = await writeVariedLog(servers[0].connectionString, { streams: 150, appends: 350 * (kills + 1) }, random);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    folder.remove();
  });

  const withPassword = (connectionString: string) => connectionString.replace('://', `://admin:${password}@`);
  const copyArgs = (...more: string[]) => {
    const [from, to] = servers.map(({ connectionString }) => withPassword(connectionString)) as [string, string];
    return ['events', 'copy', '--from', from, '--to', to, ...more];
  };

  it('says what it would do, and does nothing', async () => {
    const { code, output } = await runCli(copyArgs('--dry-run'));
    expect(output).toContain(`${log.eventCount.toLocaleString('en')} events would be copied`);
    expect(output).toContain('account-4::auditors');
    expect(code).toBe(0);
    expect(await countOf(target)).toBe(0);
  }, 150_000);

  it(
    'goes on where it was killed',
    async () => {
      let before = 0n;
      for (let round = 0; round < kills; round++) {
        const copying = CliProcess.start(copyArgs());
        await untilItHolds(servers[1], before + 2n + BigInt(Math.floor(random() * 600)), copying);
        copying.kill();
        expect(await copying.result).toMatchObject({ signal: 'SIGKILL' });
        const after = BigInt(await countOf(target));
        expect(after).toBeGreaterThan(before);
        before = after;
      }

      const presentCount = await countOf(target);
      const { code, output, errors } = await runCli(copyArgs());
      expect(errors).not.toMatch(/error/i);
      expect(output).toContain(`${presentCount.toLocaleString('en')} events of them were there already`);
      expect(output).toContain(`Copied ${(log.eventCount - presentCount).toLocaleString('en')} events`);
      expect(output).toContain('Ids, types, data, metadata and revisions are the same');
      expect(code).toBe(0);
    },
    60_000 + kills * 30_000,
  );

  it('leaves the same events in the same order, with their bytes and the time when they were recorded', async () => {
    const [originals, copies] = [await recordsOf(servers[0]), await recordsOf(servers[1])];
    expect(originals).toHaveLength(log.eventCount);
    expect(copies.map(essence)).toEqual(originals.map(essence));
    for (const [index, copy] of copies.entries()) {
      const { metadata, createdTicks, position, revision, type } = originals[index]!;
      const text = metadata.toString('latin1');
      const isObject = text === '' || text.startsWith('{');
      if (!isObject || type === '$streamDeleted') {
        expect(type === '$streamDeleted' || copy.metadata.equals(metadata)).toBe(true);
        continue;
      }
      const { copiedFrom, ...rest } = JSON.parse(copy.metadata.toString()) as Record<string, unknown>;
      expect(rest).toEqual(text === '' ? {} : JSON.parse(text));
      expect(copiedFrom).toEqual({
        recordedAt: new Date(Number(createdTicks / 10_000n)).toISOString(),
        position: `${position.commit}/${position.prepare}`,
        revision: Number(revision),
      });
    }
  }, 150_000);

  it('leaves the same streams to their readers', async () => {
    for (const stream of log.streams)
      expect([stream, await seen(target, stream)]).toEqual([stream, await seen(source, stream)]);
    expect(await seen(target, 'account-1')).toBe('not found');
    expect(await seen(target, 'account-3')).toBe('deleted');
    expect((await target.getStreamMetadata('account-0')).metadata).toEqual({ maxCount: 2 });
  }, 150_000);

  it('finds nothing more to do, and takes what has come since', async () => {
    expect((await runCli(copyArgs())).output).toContain('Copied 0 events');
    await source.appendToStream('account-1', jsonEvent({ type: 'Since', data: {} }));
    const { code, output } = await runCli(copyArgs());
    expect(output).toContain('Copied 1 event in');
    expect(code).toBe(0);
    expect(await seen(target, 'account-1')).toEqual(await seen(source, 'account-1'));
  }, 150_000);

  it('waits for a target that fails and comes back, and goes on by itself', async () => {
    const where = [join(folder.path, 'failing'), await freePort()] as const;
    let failing = await EventStoreProcess.start(...where);
    const copying = CliProcess.start(copyArgs('--to', failing.connectionString));
    for (const count of [500n, 2_000n]) {
      await untilItHolds(failing, count, copying);
      await Promise.all([failing.kill(), failing.client.dispose()]);
      failing = await EventStoreProcess.start(...where);
    }
    const { code, output } = await copying.result;
    expect(output).toContain('Ids, types, data, metadata and revisions are the same');
    expect(code).toBe(0);
    await failing.stop();
  }, 120_000);

  it('refuses a target where somebody else has written, names the place, and writes nothing', async () => {
    const { nextExpectedRevision } = await target.appendToStream('account-9', jsonEvent({ type: 'Foreign', data: {} }));
    await source.appendToStream('account-8', jsonEvent({ type: 'Since', data: {} }));
    const count = await countOf(target);
    const { code, output } = await runCli(copyArgs());
    expect(output).toContain('Nothing was written');
    expect(output).toContain(`account-9 at revision ${nextExpectedRevision}: only in the target`);
    expect(code).toBe(1);
    expect(await countOf(target)).toBe(count);
  }, 150_000);

  it('says what to do when it cannot begin, and never shows a password', async () => {
    const [from] = servers;
    const results = await Promise.all([
      runCli(['events', 'copy', '--from', withPassword(from.connectionString)]),
      runCli([
        'events',
        'copy',
        '--from',
        withPassword(from.connectionString),
        '--to',
        withPassword('esdb://127.0.0.1:1?tls=false'),
      ]),
      runCli(['events', 'copy', '--to', `esdb://admin:${password}@a:b`], {
        LEDGER_COPY_FROM: withPassword(from.connectionString),
      }),
      runCli(copyArgs('--to', withPassword('esdb://127.0.0.1:1?tls=false&unknown=1'))),
      runCli(['events', 'copy', '--help'], { LEDGER_COPY_FROM: withPassword(from.connectionString) }),
      runCli(copyArgs('--dry-run')),
    ]);
    for (const { output, errors } of results) expect(output + errors).not.toContain(password);
    expect(results.map(({ code }) => code)).toEqual([1, 2, 2, 2, 0, 1]);
    expect(results[0].errors).toContain('--to');
    expect(results[1].errors).toContain('The target esdb://127.0.0.1:1 cannot be read');
    expect(results[2].errors).toContain('--to: The event store');
    expect(results[4].output).toContain('npm run ledger -- events copy --from');
  }, 150_000);
});

/** Resolves when so many events are in the server, its own included; fails when the copy ends before. */
async function untilItHolds(server: EventStoreProcess, count: bigint, copying: CliProcess): Promise<void> {
  const store = new EventStore(server.connectionString);
  // Our node's positions count its events.
  while ((await store.lastPosition()).commit < count) {
    if (!copying.isRunning) throw new Error(`The copy ended too early:\n${(await copying.result).output}`);
    await new Promise(setImmediate);
  }
  await store.close();
}

const isOwn = ({ streamId }: { readonly streamId: string }) => !streamId.startsWith('$');

async function countOf(client: EventStoreDBClient): Promise<number> {
  let count = 0;
  for await (const { event } of client.readAll()) if (event && isOwn(event)) count++;
  return count;
}

async function recordsOf({ connectionString }: EventStoreProcess): Promise<StoredRecord[]> {
  const store = new EventStore(connectionString);
  const records: StoredRecord[] = [];
  for await (const record of store.readRecords({ from: 'start', doing: 'reading' })) {
    if (!record.stream.startsWith('$')) records.push(record);
  }
  await store.close();
  return records;
}

/** What both sides have to share; a server gives a tombstone its own id. */
const essence = ({ id, stream, revision, type, isJson, data }: StoredRecord) => ({
  id: type === '$streamDeleted' ? '' : id,
  place: `${stream}@${revision}`,
  type,
  isJson,
  data: data.toString('latin1'),
});

/** What a reader of the stream sees; or why there is nothing to see. */
async function seen(client: EventStoreDBClient, stream: string): Promise<unknown> {
  const seen: unknown[] = [];
  try {
    for await (const { event, link } of client.readStream(stream, { resolveLinkTos: true })) {
      seen.push({ id: event?.id, revision: event?.revision, data: event?.data, link: link?.revision });
    }
  } catch (error) {
    if (error instanceof StreamNotFoundError) return 'not found';
    if (error instanceof StreamDeletedError) return 'deleted';
    throw error;
  }
  return seen;
}
