import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Propagation, SeatChange } from '#contracts';
import { EventStore } from '#event-store';
import { testDatabases, type TestDatabase } from '#testing';
import { LedgerCluster } from '../support/ledger-cluster.js';
import { temporaryFolder } from '../support/ledger-process.js';
import { ServerProcess } from '../support/server-process.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { until } from '../support/until.js';

/** More than two workers push at once, which is 64 each: both have their hands full. */
const count = 160;
const few = 64;
const inHandMax = 64;
const domains = Array.from({ length: count }, (_, n) => `many-${n}.example`);
const instanceDelayMs = 300;

describe('two projectors and two workers, on one Redis', () => {
  const folder = temporaryFolder();
  let redis: ServerProcess;

  beforeAll(async () => {
    redis = await ServerProcess.redis(folder.path);
  }, 150_000);
  afterAll(async () => {
    await redis.halt();
    folder.remove();
  });

  /** A ledger of its own: events, rows, data folder and keys in Redis. */
  function useLedger(name: string, more: Readonly<Record<string, string>> = {}) {
    const dataDir = join(folder.path, name);
    const its = {} as { eventStore: ServerProcess; database: TestDatabase; cluster: LedgerCluster; store: EventStore };
    beforeAll(async () => {
      mkdirSync(dataDir);
      its.eventStore = await ServerProcess.eventStore(dataDir);
      // The last of them is PostgreSQL, where it is installed.
      const kind = testDatabases().at(-1);
      if (kind === undefined) throw new Error('there is no database to test on');
      its.database = await kind.open();
      its.store = new EventStore(its.eventStore.url);
      its.cluster = await LedgerCluster.start(dataDir, {
        EVENTSTORE_CONNECTION_STRING: its.eventStore.url,
        DATABASE_URL: its.database.connectionString,
        REDIS_URL: redis.url,
        LEDGER_REDIS_PREFIX: name,
        ...more,
      });
    }, 120_000);
    afterAll(async () => {
      await its.cluster.stop();
      await its.store.close();
      await its.database.drop();
      await its.eventStore.halt();
    }, 150_000);
    return { dataDir, its };
  }

  /** What became of changes, by the event's type: the changes and when each was recorded. */
  async function outcomes(store: EventStore, type: string): Promise<Map<string, Date[]>> {
    const recorded = new Map<string, Date[]>();
    for await (const event of store.readAll({ prefixes: ['propagation-'] })) {
      if (event.type !== type) continue;
      const { changeId } = event.data as { changeId: string };
      recorded.set(changeId, [...(recorded.get(changeId) ?? []), event.recordedAt]);
    }
    return recorded;
  }

  describe('push', () => {
    const { dataDir, its } = useLedger('pushes');
    let simulator: SimulatorProcess;
    let paths: string[];

    beforeAll(async () => {
      const { api } = its.cluster;
      simulator = await SimulatorProcess.start(api.url, dataDir, join(dataDir, 'simulator'));
      paths = await Promise.all(
        domains.map(async (domain) => {
          await simulator.ask('PUT', domain, 'behaviour', { kind: 'slow', delayMs: instanceDelayMs });
          return api.register(domain, { callbackUrl: simulator.callbackUrl(domain) });
        }),
      );
    }, 150_000);
    afterAll(() => simulator.stop());

    /** Every license is changed at once, each several times. */
    const change = (seats: readonly number[]) =>
      Promise.all(
        paths.map(async (path) => {
          for (const each of seats) {
            const { status } = await its.cluster.api.post<SeatChange>(`${path}/seat-changes`, { seats: each });
            expect(status).toBe(201);
          }
        }),
      );
    const propagated = async (): Promise<Propagation[]> =>
      its.cluster.api.all<Propagation>('/v1/propagations?status=propagated');
    const untilPropagated = (changes: number) => until(async () => (await propagated()).length === changes);
    const received = () => Promise.all(domains.map(async (domain) => (await simulator.view(domain)).received));

    it('each revision once, and never an older one after a newer one', async () => {
      await change([50, 49, 48]);
      await untilPropagated(3 * count);
      for (const revisions of await received()) {
        expect(revisions.at(-1)).toBe(4);
        expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
      }
    }, 150_000);

    it('again only what was under way when one of them was killed', async () => {
      const before = (await received()).flat().length;
      const changing = change([40]);
      await until(async () => (await received()).flat().length > before + count / 4);
      const killedAt = new Date();
      await its.cluster.workers[0]?.killAll();
      await changing;
      await untilPropagated(4 * count);
      const acknowledged = await outcomes(its.store, 'ChangePropagated');
      const changes = new Map(
        (await propagated()).map((each) => [`${each.licenseId} ${each.revision}`, each.changeId]),
      );
      let madeTwice = 0;
      for (const [index, revisions] of (await received()).entries()) {
        expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
        const twice = revisions.filter((revision, place) => revisions[place - 1] === revision);
        expect(twice.length).toBeLessThanOrEqual(1);
        madeTwice += twice.length;
        for (const revision of twice) {
          const changeId = changes.get(`${paths[index]?.split('/').at(-1)} ${revision}`) ?? '';
          const [recordedAt = killedAt] = acknowledged.get(changeId) ?? [];
          expect(recordedAt.getTime()).toBeGreaterThanOrEqual(killedAt.getTime());
        }
      }
      expect(madeTwice).toBeLessThanOrEqual(inHandMax);
      for (const times of acknowledged.values()) expect(times).toHaveLength(1);
    }, 150_000);
  });

  describe('miss no deadline', () => {
    const { its } = useLedger('deadlines', { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });

    it('though one of each is killed on the way', async () => {
      const { api, workers, projectors } = its.cluster;
      const paths = await Promise.all(domains.slice(0, few).map((domain) => api.register(domain)));
      for (const [turn, now] of ['2026-06-01T15:00:00Z', '2026-06-02T01:00:00Z'].entries()) {
        await Promise.all(paths.map((path) => api.post(`${path}/seat-changes`, { seats: 50 - turn })));
        expect((await api.put('/v1/test-clock', { now })).status).toBe(200);
      }
      expect(await api.all('/v1/propagations?status=pending')).toHaveLength(2 * few);
      // Past both deadlines; nobody pays, so that licenses become past due and expire, and those deadlines pass as well.
      const moved = api.put('/v1/test-clock', { now: '2026-06-20T00:00:00Z' });
      await until(async () => (await api.all('/v1/propagations?status=overdue')).length > 0);
      await workers[0]?.killAll();
      await projectors[0]?.killAll();
      expect((await moved).status).toBe(200);

      const changes = await api.all<Propagation>('/v1/propagations');
      expect(changes).toHaveLength(4 * few);
      expect(changes.filter(({ status }) => status !== 'overdue')).toEqual([]);
      const missed = await outcomes(its.store, 'ChangePropagationOverdue');
      expect([...missed.keys()].sort()).toEqual(changes.map(({ changeId }) => changeId).sort());
      for (const times of missed.values()) expect(times).toHaveLength(1);
      expect(await api.all('/v1/licenses?status=expired')).toHaveLength(few);
    }, 240_000);
  });
});
