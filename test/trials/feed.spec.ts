import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStore } from '#event-store';
import { lastingPort, LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { seeded } from '../support/seeded.js';
import { ServerProcess } from '../support/server-process.js';
import { ConsumerProcess, python, type Seen } from './feed/consumer-process.js';
import { seed, size } from './feed/size.js';
import { Writers } from './feed/writers.js';

/** The same day for every run; time stands still. */
const now = '2026-06-01T09:00:00Z';
const timeoutMs = 60_000 + size.events * 30 + size.consumerKills * 2_000 + size.serverKills * 20_000;
/** How long the consumers may take for what is left, after the last start. */
const catchUpMs = 30_000 + size.events * 2;

/**
 * Consumers of each kind, as the documentation has them, killed at random while events are written and while the service
 * and its event store are killed as well. FEED_TRIAL and FEED_TRIAL_SEED as in feed/size.ts.
 */
describe(`Consumers that are killed ${size.consumerKills} times over ${size.events} events (seed ${seed})`, () => {
  const folder = temporaryFolder();
  const ledgerFolder = join(folder.path, 'ledger');
  const random = seeded(seed);
  let eventStore: ServerProcess;
  let ledger: LedgerProcess;
  let starting: Promise<unknown> = Promise.resolve();
  let env: Record<string, string>;
  let consumers: ConsumerProcess[] = [];
  let writers: Writers;

  beforeAll(async () => {
    eventStore = await ServerProcess.eventStore(folder.path);
    env = { EVENTSTORE_CONNECTION_STRING: eventStore.url, PORT: String(await lastingPort()), LEDGER_TEST_CLOCK: now };
    ledger = await LedgerProcess.start(ledgerFolder, env);
    const feed = { LEDGER_URL: ledger.url, LEDGER_TOKEN: await ledger.token({ role: 'service' }) };
    const store = {
      EVENTSTORE_CONNECTION_STRING: `${eventStore.url}&keepAliveInterval=5000&keepAliveTimeout=5000`,
      EVENTSTORE: new URL(eventStore.url).host,
    };
    const consumer = (name: string, isExact: boolean, its: Readonly<Record<string, string>>) =>
      new ConsumerProcess(name, isExact, join(folder.path, `${name}.jsonl`), its);
    consumers = [
      consumer('stream.mjs', true, feed),
      consumer('pages.mjs', false, feed),
      consumer('subscription.mjs', true, store),
      ...(python === undefined ? [] : [consumer('stream.py', true, feed), consumer('subscription.py', true, store)]),
    ];
    for (const consumer of consumers) consumer.start();
  }, 120_000);
  afterAll(async () => {
    await Promise.allSettled(consumers.map((consumer) => consumer.kill()));
    await starting;
    await ledger.stop();
    await eventStore.halt();
    folder.remove();
  }, 60_000);

  const killConsumer = async (): Promise<void> => {
    const consumer = consumers[Math.floor(random() * consumers.length)]!;
    await consumer.kill();
    await sleep(random() * 200);
    consumer.start();
  };

  /** The service with all that it runs itself, or the event store. */
  const killServer = async (round: number): Promise<void> => {
    if (round % 2 === 0) {
      await ledger.killAll();
      starting = LedgerProcess.start(ledgerFolder, env).then((started) => (ledger = started));
      await starting;
    } else {
      process.kill(eventStore.pid ?? 0, 'SIGKILL');
      await sleep(random() * 500);
      await eventStore.resume();
    }
  };

  it(
    'see every event of every license in its order',
    async () => {
      writers = new Writers((method, path, body, key) => ledger.ask(method, path, body, { key }), size.events);
      const writing = writers.write();
      // The kills are spread over the writing; whatever is left of them is done while the consumers catch up.
      const due = (kills: number, of: number): boolean => writers.count / size.events > (kills + 0.5) / of;
      let consumerKills = 0;
      let serverKills = 0;
      let isWritten = false;
      const written = writing.then(() => void (isWritten = true));
      while (consumerKills < size.consumerKills || serverKills < size.serverKills) {
        if (serverKills < size.serverKills && (isWritten || due(serverKills, size.serverKills))) {
          await Promise.all([killServer(serverKills++), killConsumer()]);
          consumerKills += 1;
        } else if (isWritten || due(consumerKills, size.consumerKills)) {
          await killConsumer();
          consumerKills += 1;
        }
        await Promise.race([sleep(20 + random() * 200), isWritten ? sleep(100) : written]);
      }
      await written;

      const wanted = await recorded(eventStore.url);
      for (const [licenseId, events] of writers.written) expect(wanted.get(licenseId)).toBeGreaterThanOrEqual(events);
      const total = [...wanted.values()].reduce((sum, events) => sum + events, 0);
      const giveUpAt = performance.now() + catchUpMs;
      while (consumers.some((consumer) => tally(consumer.seen).distinct < total) && performance.now() < giveUpAt) {
        await sleep(250);
      }
      const report = consumers.map((consumer) => {
        const { distinct, repeats, outOfOrder } = tally(consumer.seen);
        return { consumer: consumer.name, kills: consumer.kills, distinct, repeats, outOfOrder };
      });
      if (size.events > 10_000) process.stderr.write(`${JSON.stringify({ total, serverKills, report }, null, 2)}\n`);
      for (const consumer of consumers) {
        const { name } = consumer;
        const { distinct, outOfOrder, repeats, last } = tally(consumer.seen);
        expect({ name, distinct, outOfOrder }).toEqual({ name, distinct: total, outOfOrder: 0 });
        expect(last).toEqual(wanted);
        if (consumer.isExact) expect({ name, repeats }).toEqual({ name, repeats: 0 });
      }
    },
    timeoutMs,
  );
});

/** What was seen of each license: the first time of each event must be in order; any later one is a repeat. */
function tally(seen: readonly Seen[]) {
  const last = new Map<string, number>();
  let [repeats, outOfOrder, distinct] = [0, 0, 0];
  for (const { licenseId, sequence } of seen) {
    const before = last.get(licenseId) ?? 0;
    if (sequence <= before) repeats += 1;
    else {
      if (sequence !== before + 1) outOfOrder += 1;
      distinct += 1;
      last.set(licenseId, sequence);
    }
  }
  return { last, repeats, outOfOrder, distinct };
}

/** By license, how many events the store has. */
async function recorded(connectionString: string): Promise<Map<string, number>> {
  const store = new EventStore(connectionString);
  const counts = new Map<string, number>();
  for await (const { stream } of store.readAll({ prefixes: ['license-'] })) {
    const licenseId = stream.slice('license-'.length);
    counts.set(licenseId, (counts.get(licenseId) ?? 0) + 1);
  }
  await store.close();
  return counts;
}
