import { randomUUID } from 'node:crypto';
import type { ProposedBytes } from '../append-message.js';
import { EventStoreRejected } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { collect, StoreFixture } from '../spec-support/store-fixture.js';
import { AppendWindow, CopyConflict, defaultWindow } from './append-window.js';

/** A busy machine is slow to answer, and an append that is given up is sent again out of its order. */
const patient = { appendTimeoutMs: 20_000, readTimeoutMs: 20_000, patienceMs: 20_000 };

describe('AppendWindow', () => {
  let fixture: StoreFixture;
  let store: EventStore;
  let run: string;

  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect(patient);
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    run = randomUUID();
  });

  const event = (data = '{}'): ProposedBytes => ({
    id: randomUUID(),
    type: 'Kept',
    isJson: true,
    data: Buffer.from(data),
    metadata: Buffer.alloc(0),
  });

  /** Events of several streams, mixed as in a log. */
  function mixed(count: number) {
    const nextRevisions = new Map<string, bigint>();
    return Array.from({ length: count }, (_, index) => {
      const stream = `${run}-${(index * index) % 7}`;
      const revision = nextRevisions.get(stream) ?? 0n;
      nextRevisions.set(stream, revision + 1n);
      return { stream, revision, event: event() };
    });
  }

  const writtenIds = async () => {
    const events = await collect(store.readAll({ prefixes: [run] }));
    return events.map(({ id }) => id);
  };

  it('writes in the order in which events come, however many are under way', async () => {
    const log = mixed(1_500);
    let written = 0;
    const appends = new AppendWindow(store, (count) => (written += count));
    for (const { stream, revision, event } of log) await appends.add(stream, revision, event);
    await appends.drain();
    expect(written).toBe(log.length);
    expect(await writtenIds()).toEqual(log.map(({ event }) => event.id));
  });

  it('writes everything once when the connection breaks again and again', async () => {
    const proxy = await fixture.proxy();
    const far = fixture.connect(patient, proxy.connectionString);
    const log = mixed(1_500);
    const appends = new AppendWindow(far, () => undefined, { ...defaultWindow, maxAppends: 64 });
    for (const [index, { stream, revision, event }] of log.entries()) {
      await appends.add(stream, revision, event);
      if (index % 400 === 399) {
        proxy.cut();
        proxy.heal();
      }
    }
    await appends.drain();
    const ids = await writtenIds();
    expect(ids).toHaveLength(log.length);
    expect(new Set(ids)).toEqual(new Set(log.map(({ event }) => event.id)));
  });

  it('stops where somebody else writes', async () => {
    const stream = `${run}-shared`;
    const appends = new AppendWindow(store, () => undefined);
    await appends.add(stream, 0n, event());
    await appends.drain();
    await store.append({ stream, expectedRevision: 0n, events: [event()] });
    await appends.add(stream, 1n, event());
    await appends.add(`${run}-other`, 0n, event());
    await expect(appends.drain()).rejects.toThrow(CopyConflict);
    await expect(collect(store.readStream(stream))).resolves.toHaveLength(2);
  });

  it('says which event the target does not take', async () => {
    const stream = `${run}-large`;
    const appends = new AppendWindow(store, () => undefined);
    await appends.add(stream, 0n, event());
    await appends.add(stream, 1n, event(JSON.stringify('x'.repeat(1_100_000))));
    await appends.add(stream, 2n, event());
    const drained = appends.drain();
    await expect(drained).rejects.toThrow(EventStoreRejected);
    await expect(drained).rejects.toThrow(new RegExp(`${stream} from revision 1 on \\(1100002 bytes\\)`));
    await expect(collect(store.readStream(stream))).resolves.toHaveLength(1);
  });
});
