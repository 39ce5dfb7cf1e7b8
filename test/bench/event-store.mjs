/**
 * What the embedded event store takes and gives, by the official client and by a raw gRPC client that decodes nothing,
 * beside the bare storage.
 *
 * The bare storage of the appends is one LMDB transaction for each commit, flushed to the disk, with one event of the
 * same size; that of the reads are the node's own files, read in this process: the log in its order for `$all`, by the
 * index of the stream for the rest. Appends expect an exact revision; 64 in flight go to 64 streams. Consumers of a
 * persistent subscription acknowledge each event by itself. Rounds alternate between the contestants.
 *
 *   node test/bench/event-store.mjs [--rounds 3] [--single 300] [--many 6400] [--read 20000] [--bytes 500]
 */
import { randomUUID } from 'node:crypto';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults as groupSettings,
  START,
} from '@eventstore/db-client';
import { open } from 'lmdb';
import { compete } from './contest.mjs';
import { rawClient, together, wholeLog, wholeStream } from './raw-client.mjs';
import { storedEvents } from './stored-events.mjs';
import { machine, option, Stage } from './support.mjs';

const rounds = option('rounds', 3);
const singles = option('single', 300);
const many = option('many', 6_400);
const toRead = option('read', 20_000);
const bytes = option('bytes', 500);
const inFlight = 64;
const slots = 200;

const body = { pad: 'x'.repeat(bytes) };
const event = () => jsonEvent({ type: 'SeatsIncreased', data: body });

const stage = new Stage();
try {
  const folder = stage.folder();
  const { connectionString, pid } = await stage.eventStoreProcess(folder);
  const client = EventStoreDBClient.connectionString(connectionString);
  stage.onEnd(() => client.dispose());
  const raw = rawClient(connectionString);
  stage.onEnd(() => raw.close());
  const commits = bareCommits(stage.folder());
  stage.onEnd(() => commits.close());
  const stored = storedEvents(folder);
  stage.onEnd(() => stored.close());

  const stream = `read-${randomUUID()}`;
  for (let written = 0; written < toRead; written += 500) {
    await client.appendToStream(stream, Array.from({ length: Math.min(500, toRead - written) }, event));
  }

  console.log(`${machine()}; events of ${bytes} bytes, ${rounds} rounds, medians`);
  await compete(
    {
      'append, one at a time': {
        'bare storage': () => commits.write(singles, 1),
        'raw gRPC': () => raw.appends(event, singles, 1),
        client: () => clientAppends(client, singles, 1),
      },
      [`append, ${inFlight} in flight`]: {
        'bare storage': () => commits.write(many, inFlight),
        'raw gRPC': () => raw.appends(event, many, inFlight),
        client: () => clientAppends(client, many, inFlight),
      },
      'read $all': {
        'bare storage': () => stored.scan(toRead),
        'raw gRPC': () => raw.read(wholeLog, toRead),
        client: () => count(client.readAll({ maxCount: toRead }), toRead),
      },
      'catch up on a stream': {
        'bare storage': () => stored.scanStream(stream, toRead),
        'raw gRPC': () => raw.subscribe(wholeStream(stream), toRead),
        client: () => count(client.subscribeToStream(stream, { fromRevision: START }), toRead),
      },
      'persistent subscription': {
        'bare storage': () => stored.scanStream(stream, toRead),
        'raw gRPC': () => withGroup(client, stream, (group) => raw.consume(stream, group, toRead, slots)),
        client: () => withGroup(client, stream, (group) => consume(client, stream, group, toRead)),
      },
    },
    rounds,
    pid,
  );
} finally {
  await stage.end();
}

async function clientAppends(client, total, writers) {
  await together(writers, async (_, next) => {
    const own = `client-${randomUUID()}`;
    for (let expected = 'no_stream'; next(total);) {
      expected = (await client.appendToStream(own, event(), { expectedRevision: expected })).nextExpectedRevision;
    }
  });
  return total;
}

async function count(reading, total) {
  let seen = 0;
  for await (const _ of reading) if ((seen += 1) === total) break;
  return seen;
}

async function withGroup(client, stream, work) {
  const group = randomUUID();
  const settings = groupSettings({ startFrom: START, readBatchSize: slots, checkPointUpperBound: 1_000 });
  await client.createPersistentSubscriptionToStream(stream, group, settings);
  const seen = await work(group);
  await client.deletePersistentSubscriptionToStream(stream, group);
  return seen;
}

async function consume(client, stream, group, total) {
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize: slots });
  let seen = 0;
  for await (const received of subscription) {
    await subscription.ack(received);
    if ((seen += 1) === total) break;
  }
  return seen;
}

function bareCommits(folder) {
  const root = open({ path: folder, maxDbs: 1, cache: false, overlappingSync: false });
  const events = root.openDB('events', { encoding: 'binary' });
  const value = Buffer.from(JSON.stringify(body));
  let position = 0;
  return {
    async write(total, group) {
      for (let written = 0; written < total; written += group) {
        await root.transaction(() => {
          for (let n = 0; n < group; n += 1) events.put((position += 1), value);
        });
      }
      return total;
    },
    close: () => root.close(),
  };
}
