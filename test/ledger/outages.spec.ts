import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { License, Propagation, SeatChange } from '#contracts';
import { EventStore } from '#event-store';
import { EmbeddedReadModel } from '#platform';
import { findPostgresBinaries, startPostgres, type TemporaryPostgres } from '#testing';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { Load, type Answered, type Crowded, type Driven } from '../support/load.js';
import { goOn, hang } from '../support/process-tree.js';
import { readModelAndReplay } from '../support/replay.js';
import { ServerProcess, type RestartableServer } from '../support/server-process.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { until } from '../support/until.js';

/** How long a server is away: OUTAGE_SECONDS=30 for the full trial. */
const outageMs = Number(process.env['OUTAGE_SECONDS'] ?? 5) * 1_000;
const hasPostgres = findPostgresBinaries() !== undefined;
/** No caller is left waiting for longer. */
const answerMaxMs = 12_000;
const recoveryMaxMs = 30_000;
const beforeMs = 1_000;
const afterMs = 1_500;
const drivenCount = 6;
/** Registered while a server is away, as a customer of old whose invoice was never paid: two deadlines have passed. */
const movedInTerms = { planId: 'team', seats: 3, currency: 'USD', interval: 'month', startedOn: daysAgo(20) };

/** With which code requests are refused meanwhile; where there is none, they go on. */
interface Refused {
  readonly command?: string;
  readonly query?: string;
}

interface Outage {
  readonly of: 'event store' | 'read model' | 'Redis';
  readonly how: 'hangs' | 'is stopped';
}

const refusedWithout: Readonly<Record<Outage['of'], Refused>> = {
  'event store': { command: 'event-store-unavailable' },
  'read model': { query: 'read-model-unavailable' },
  Redis: {},
};

const outages: Outage[] = (['event store', 'read model', 'Redis'] as const).flatMap((of) =>
  (['hangs', 'is stopped'] as const)
    // The embedded read model comes back at another address.
    .filter((how) => of !== 'read model' || how === 'hangs' || hasPostgres)
    .map((how) => ({ of, how })),
);

describe('under load, when a server is away', () => {
  const folder = temporaryFolder();
  let eventStore: ServerProcess;
  let redis: ServerProcess;
  let readModel: TemporaryPostgres | EmbeddedReadModel;
  /** The service as one process, and a second api beside it. */
  let ledgers: [LedgerProcess, LedgerProcess];
  let simulator: SimulatorProcess;
  let load: Load;
  /** Changed by the load, and one that is changed when a server is back. */
  let driven: Driven[];
  let probe: Driven;
  let crowded: Crowded;
  const movedIn: string[] = [];
  const seen: object[] = [];

  beforeAll(async () => {
    eventStore = await ServerProcess.eventStore(folder.path);
    redis = await ServerProcess.redis(folder.path);
    readModel = hasPostgres ? await startPostgres() : await embeddedReadModel();
    const env = {
      EVENTSTORE_CONNECTION_STRING: eventStore.url,
      DATABASE_URL: readModel.connectionString,
      REDIS_URL: redis.url,
    };
    const all = await LedgerProcess.start(folder.path, env);
    ledgers = [all, await LedgerProcess.start(folder.path, env, ['--roles', 'api'])];
    simulator = await SimulatorProcess.start(all.url, folder.path, join(folder.path, 'simulator'));
    const domains = Array.from({ length: drivenCount }, (_, n) => domainOf(n));
    const paths = await Promise.all(
      domains.map((domain) => all.register(domain, { callbackUrl: simulator.callbackUrl(domain) })),
    );
    driven = paths.map((path) => ({ path, changedTo: [] }));
    const [first = { path: '', changedTo: [] }, ...others] = driven;
    probe = first;
    crowded = { path: await all.register('crowded.example'), granted: [] };
    load = new Load(ledgers, others, crowded, [
      ...['/v1/licenses?limit=20', '/v1/invoices?status=open', '/v1/propagations?status=pending', '/v1/credits'],
      ...paths.flatMap((path) => [path, `${path}/next-invoice`, `${path}/propagations`]),
    ]);
  }, 120_000);
  afterAll(async () => {
    if (process.env['OUTAGE_SECONDS'] !== undefined) process.stderr.write(`${JSON.stringify(seen)}\n`);
    await Promise.all(ledgers.map((ledger) => ledger.stop()));
    await simulator.stop();
    await redis.halt();
    await readModel.stop();
    await eventStore.halt();
    folder.remove();
  }, 150_000);

  it.each(outages)(
    'the $of $how: says so where it is needed, goes on where it is not, and is whole again afterwards',
    async ({ of, how }) => {
      const refused = refusedWithout[of];
      load.start();
      await sleep(beforeMs);
      const awayAt = performance.now();
      const giveBack = await takeAway(of, how);
      const registered = register(`moved-in-${movedIn.length}.example`);
      try {
        await sleep(outageMs);
        // Who has to be told is told while it is away, not later.
        for (const what of ['command', 'query'] as const) {
          const expected = refused[what];
          if (expected === undefined) continue;
          await until(() => load.since(awayAt, what).some(({ code }) => code === expected));
        }
      } finally {
        await giveBack();
      }
      const backAt = performance.now();
      const away = { command: load.since(awayAt, 'command'), query: load.since(awayAt, 'query') };
      await Promise.all(ledgers.map((ledger) => ledger.untilReady()));
      await load.untilWhole(probe);
      const wholeAgainAt = performance.now();
      await sleep(afterMs);
      await load.stop();
      movedIn.push(await registered);

      expect(load.contradictions).toEqual([]);
      expect(load.answers.filter((answer) => !isProper(answer))).toEqual([]);
      for (const what of ['command', 'query'] as const) {
        expect(codesOf(load.since(awayAt, what))).toEqual(refused[what] === undefined ? [] : [refused[what]]);
      }
      expect(wholeAgainAt - backAt).toBeLessThan(recoveryMaxMs);
      const later = [...load.since(wholeAgainAt, 'command'), ...load.since(wholeAgainAt, 'query')];
      expect(later.filter(({ status }) => status >= 300)).toEqual([]);
      expect(later.filter(({ what }) => what === 'command').length).toBeGreaterThan(0);
      seen.push({
        ...{ away: `${of} ${how}`, commands: summary(away.command), queries: summary(away.query) },
        ...{ 'longest, ms': longest([...away.command, ...away.query]), 'whole again after, ms': wholeAgainAt - backAt },
      });
    },
    60_000 + 2 * outageMs,
  );

  it('nothing that was answered is lost, and nothing is there twice', async () => {
    const store = new EventStore(eventStore.url);
    const recorded = new Map(driven.map(({ path }) => [path, [] as number[]]));
    const granted: string[] = [];
    for await (const { stream, type, data } of store.readAll({ prefixes: ['license-'] })) {
      const path = `/v1/licenses/${stream.slice('license-'.length)}`;
      if (type === 'SeatsIncreased' || type === 'SeatsReduced') recorded.get(path)?.push((data as SeatChange).to);
      if (type === 'CreditGranted' && path === crowded.path) granted.push((data as { reason: string }).reason);
    }
    await store.close();
    for (const { path, changedTo } of driven) {
      expect(changedTo.length).toBeGreaterThanOrEqual(outages.length);
      expect(recorded.get(path)).toEqual(changedTo);
    }
    expect(granted.sort()).toEqual(crowded.granted.sort());
  }, 150_000);

  it('every change has reached its instance, and every deadline is kept', async () => {
    const [ledger] = ledgers;
    await until(async () => (await ledger.all('/v1/propagations?status=pending')).length === 0);
    for (const [n, { path, changedTo }] of driven.entries()) {
      const { entitlement, received } = await simulator.view(domainOf(n));
      expect(entitlement?.seats).toBe(changedTo.at(-1));
      expect(received).toEqual([...received].sort((a, b) => a - b));
      const changes = await ledger.all<Propagation>(`${path}/propagations`);
      expect(changes).toHaveLength(changedTo.length);
      expect(changes.filter(({ status, late }) => status !== 'propagated' || late)).toEqual([]);
    }
    for (const path of movedIn) {
      const changes = await ledger.all<Propagation>(`${path}/propagations`);
      expect(changes.map(({ kind, status }) => `${kind} ${status}`)).toEqual(
        expect.arrayContaining(['LicensePastDue overdue', 'LicenseExpired overdue']),
      );
    }
  }, 150_000);

  it('the read model is what the events say', async () => {
    const { rows, replayed } = await readModelAndReplay(readModel.connectionString, eventStore.url);
    expect(rows['licenses']).toHaveLength(drivenCount + 1 + outages.length);
    expect(rows).toEqual(replayed);
  }, 120_000);

  async function embeddedReadModel(): Promise<EmbeddedReadModel> {
    const onUnexpectedExit = (error: Error): never => {
      throw error;
    };
    return EmbeddedReadModel.start({
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit,
    });
  }

  /** Answers how it is given back. */
  async function takeAway(of: Outage['of'], how: Outage['how']): Promise<() => Promise<void>> {
    const server = { 'event store': eventStore, 'read model': readModel, Redis: redis }[of];
    if (how === 'hangs') {
      const { pid } = server;
      if (pid === undefined) throw new Error(`${of} does not run`);
      hang(pid);
      return async () => goOn(pid);
    }
    const restartable = server as RestartableServer;
    await restartable.halt();
    return () => restartable.resume();
  }

  async function register(domain: string): Promise<string> {
    const license = { domain, billingEmail: `billing@${domain}`, ...movedInTerms };
    const { body } = await load.insist<License>(ledgers[1], '/v1/licenses', license);
    return `/v1/licenses/${body.licenseId}`;
  }
});

/** 2xx, or a 503 that says why and when to come again; and before the caller loses its patience. */
function isProper({ status, code, retryAfter, durationMs }: Answered): boolean {
  const isTaken = status >= 200 && status < 300;
  const isDeferred = status === 503 && code !== null && Number(retryAfter) > 0;
  return (isTaken || isDeferred) && durationMs <= answerMaxMs;
}

function codesOf(answers: readonly Answered[]): string[] {
  return [...new Set(answers.flatMap(({ code }) => code ?? []))];
}

function summary(answers: readonly Answered[]): string {
  const refused = answers.filter(({ status }) => status === 503).length;
  return `${answers.length - refused} taken, ${refused} × 503`;
}

function longest(answers: readonly Answered[]): number {
  return Math.max(0, ...answers.map(({ durationMs }) => durationMs));
}

function domainOf(n: number): string {
  return `driven-${n}.example`;
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
