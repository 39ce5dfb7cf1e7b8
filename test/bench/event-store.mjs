/**
 * What the embedded event store takes and gives, by the official client and by a raw gRPC client that decodes nothing,
 * beside the bare storage: one LMDB transaction for each commit, flushed to the disk, with one event of the same size.
 *
 * Appends expect an exact revision; 64 in flight go to 64 streams. Reads go over what the appends of the run have
 * written; the persistent subscription acknowledges each event by itself. Rounds alternate between the contestants.
 *
 *   node test/bench/event-store.mjs [--rounds 3] [--single 300] [--many 6400] [--read 20000] [--bytes 500]
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import {
  EventStoreDBClient,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults as groupSettings,
  START,
} from '@eventstore/db-client';
import { open } from 'lmdb';
import { machine, median, option, Stage } from './support.mjs';

const rounds = option('rounds', 3);
const singles = option('single', 300);
const many = option('many', 6_400);
const toRead = option('read', 20_000);
const bytes = option('bytes', 500);
const inFlight = 64;

const body = { pad: 'x'.repeat(bytes) };
const event = () => jsonEvent({ type: 'SeatsIncreased', data: body });

const stage = new Stage();
try {
  const connectionString = await stage.eventStore();
  const client = EventStoreDBClient.connectionString(connectionString);
  stage.onEnd(() => client.dispose());
  const raw = rawClient(connectionString);
  stage.onEnd(() => raw.close());
  const storage = bareStorage(stage.folder());
  stage.onEnd(() => storage.close());

  const stream = `read-${randomUUID()}`;
  for (let written = 0; written < toRead; written += 500) {
    await client.appendToStream(stream, Array.from({ length: Math.min(500, toRead - written) }, event));
  }

  const contests = {
    'append, one at a time': {
      'bare storage': () => storage.commits(singles, 1),
      'raw gRPC': () => raw.appends(singles, 1),
      client: () => clientAppends(client, singles, 1),
    },
    [`append, ${inFlight} in flight`]: {
      'bare storage': () => storage.commits(many, inFlight),
      'raw gRPC': () => raw.appends(many, inFlight),
      client: () => clientAppends(client, many, inFlight),
    },
    'read $all': {
      'bare storage': () => storage.scan(many),
      'raw gRPC': () => raw.read({ all: { start: {} } }, { count: String(toRead) }, toRead),
      client: () => count(client.readAll({ maxCount: toRead }), toRead),
    },
    'catch up on a stream': {
      'raw gRPC': () =>
        raw.read(
          { stream: { stream_identifier: { stream_name: Buffer.from(stream) }, start: {} } },
          { subscription: {} },
          toRead,
        ),
      client: () => count(client.subscribeToStream(stream, { fromRevision: START }), toRead),
    },
    'persistent subscription': {
      client: () => consume(client, stream, toRead),
    },
  };

  console.log(`${machine()}; events of ${bytes} bytes, ${rounds} rounds, medians`);
  for (const [contest, contestants] of Object.entries(contests)) {
    const rates = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(contestants)) rates[name].push(await perSecond(run));
    }
    const best = median(Object.values(rates)[0]);
    console.log(`\n${contest}`);
    console.table(
      Object.fromEntries(
        Object.entries(rates).map(([name, values]) => [
          name,
          {
            'events/s': Math.round(median(values)),
            [`to ${Object.keys(rates)[0]}`]: (median(values) / best).toFixed(2),
            rounds: values.map(Math.round).join(' '),
          },
        ]),
      ),
    );
  }
} finally {
  await stage.end();
}

/** @param run resolves to the number of events */
async function perSecond(run) {
  const began = performance.now();
  const events = await run();
  return (events * 1_000) / (performance.now() - began);
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

async function consume(client, stream, total) {
  const group = randomUUID();
  const settings = groupSettings({ startFrom: START, readBatchSize: 200, checkPointUpperBound: 1_000 });
  await client.createPersistentSubscriptionToStream(stream, group, settings);
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize: 200 });
  let seen = 0;
  for await (const received of subscription) {
    await subscription.ack(received);
    if ((seen += 1) === total) break;
  }
  await client.deletePersistentSubscriptionToStream(stream, group);
  return seen;
}

/** Runs so many workers; each asks for its next turn until there is none. */
function together(workers, work) {
  let taken = 0;
  const next = (total) => taken < total && (taken += 1) > 0;
  return Promise.all(Array.from({ length: workers }, (_, worker) => work(worker, next)));
}

function bareStorage(folder) {
  const root = open({ path: folder, maxDbs: 1, cache: false, overlappingSync: false });
  const events = root.openDB('events', { encoding: 'binary' });
  const value = Buffer.from(JSON.stringify(body));
  let position = 0;
  return {
    async commits(total, group) {
      for (let written = 0; written < total; written += group) {
        await root.transaction(() => {
          for (let n = 0; n < group; n += 1) events.put((position += 1), value);
        });
      }
      return total;
    },
    scan(total) {
      let seen = 0;
      for (const _ of events.getRange({ limit: total })) seen += 1;
      return seen;
    },
    close: () => root.close(),
  };
}

/** Speaks the protocol and leaves every answer to a read as the bytes that it is. */
function rawClient(connectionString) {
  const { host } = new URL(connectionString.replace('esdb:', 'http:'));
  const folder = join(import.meta.dirname, '../../libs/event-store-node/proto');
  const options = { includeDirs: [folder], keepCase: true, longs: String, oneofs: true };
  const definition = loadSync('streams.proto', options)['event_store.client.streams.Streams'];
  const asBytes = { ...definition.Read, responseDeserialize: (answer) => answer };
  const Streams = grpc.makeGenericClientConstructor({ ...definition, Read: asBytes }, 'Streams');
  const streams = new Streams(host, grpc.credentials.createInsecure());
  return {
    async appends(total, writers) {
      const call = streams.BatchAppend();
      const waiting = new Map();
      call.on('data', (answer) => {
        const id = answer.correlation_id.string;
        waiting.get(id)(answer);
        waiting.delete(id);
      });
      const data = Buffer.from(JSON.stringify(body));
      const metadata = { type: 'SeatsIncreased', 'content-type': 'application/json' };
      await together(writers, async (_, next) => {
        const stream_identifier = { stream_name: Buffer.from(`raw-${randomUUID()}`) };
        for (let revision = -1; next(total); revision += 1) {
          const id = randomUUID();
          const answered = new Promise((resolve) => waiting.set(id, resolve));
          call.write({
            correlation_id: { string: id },
            options: { stream_identifier, ...(revision < 0 ? { no_stream: {} } : { revision: String(revision) }) },
            proposed_messages: [{ id: { string: randomUUID() }, metadata, data }],
            is_final: true,
          });
          const { error } = await answered;
          if (error) throw new Error(error.message);
        }
      });
      call.end();
      return total;
    },
    read(target, amount, total) {
      const request = { options: { ...target, ...amount, no_filter: {}, uuid_option: { string: {} } } };
      const call = streams.Read(request);
      let seen = 0;
      return new Promise((resolve, reject) => {
        call.on('error', (error) => (seen >= total ? resolve(seen) : reject(error)));
        call.on('end', () => resolve(seen));
        call.on('data', () => {
          // A subscription is confirmed first; that is an answer as well.
          if ((seen += 1) >= total) call.cancel();
        });
      });
    },
    close: () => streams.close(),
  };
}
