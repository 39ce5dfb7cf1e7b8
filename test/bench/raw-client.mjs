import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** The first byte of an answer tells what it carries: of a read, and of a consumer's call. */
const EVENT = 0x0a;
const CAUGHT_UP = 0x42;
/** What stands in front of an event's id, which is text of 36 characters. */
const BEFORE_ID = Buffer.from([0x0a, 0x26, 0x12, 0x24]);

export const wholeLog = { all: { start: {} } };
export const wholeStream = (name) => ({ stream: { stream_identifier: { stream_name: Buffer.from(name) }, start: {} } });
export const prefixFilter = (prefix) => ({
  filter: { stream_identifier: { prefix: [prefix] }, max: 32, checkpointIntervalMultiplier: 32 },
});

/** Speaks the protocol and leaves every answer to a read as the bytes that it is: what the client costs is not in it. */
export function rawClient(connectionString) {
  const { host } = new URL(connectionString.replace('esdb:', 'http:'));
  const streams = connect(host, 'streams.proto', 'event_store.client.streams.Streams');
  const groups = connect(
    host,
    'persistent_subscriptions.proto',
    'event_store.client.persistent_subscriptions.PersistentSubscriptions',
  );

  return {
    /** @param events as `jsonEvent` makes them, anew for each append */
    async appends(event, total, writers) {
      const call = streams.BatchAppend();
      const waiting = new Map();
      call.on('data', (answer) => {
        const id = answer.correlation_id.string;
        waiting.get(id)(answer);
        waiting.delete(id);
      });
      const { type, data } = event();
      const proposed = {
        metadata: { type, 'content-type': 'application/json' },
        data: Buffer.from(JSON.stringify(data)),
      };
      await together(writers, async (_, next) => {
        const stream_identifier = { stream_name: Buffer.from(`raw-${randomUUID()}`) };
        for (let revision = -1; next(total); revision += 1) {
          const id = randomUUID();
          const answered = new Promise((resolve) => waiting.set(id, resolve));
          call.write({
            correlation_id: { string: id },
            options: { stream_identifier, ...(revision < 0 ? { no_stream: {} } : { revision: String(revision) }) },
            proposed_messages: [{ id: { string: randomUUID() }, ...proposed }],
            is_final: true,
          });
          const { error } = await answered;
          if (error) throw new Error(error.message);
        }
      });
      call.end();
      return total;
    },

    /** @returns the number of events that a read brings */
    read(target, total) {
      return until(streams.Read(request(target, { count: String(total) })), total);
    },

    /** A subscription, until it has brought so many events or has caught up. */
    subscribe(target, total, filter) {
      return until(streams.Read(request(target, { subscription: {} }, filter)), total);
    },

    /** A consumer of a group on a stream; it acknowledges each event by itself. */
    consume(stream, group, total, slots) {
      const call = groups.Read();
      const stream_identifier = { stream_name: Buffer.from(stream) };
      call.write({
        options: { stream_identifier, group_name: group, buffer_size: slots, uuid_option: { string: {} } },
      });
      return until(call, total, (frame) => {
        const at = frame.indexOf(BEFORE_ID) + BEFORE_ID.length;
        call.write({ ack: { ids: [{ string: frame.toString('latin1', at, at + 36) }] } });
      });
    },

    close() {
      streams.close();
      groups.close();
    },
  };
}

function connect(host, file, service) {
  const folder = join(import.meta.dirname, '../../libs/event-store-node/proto');
  const definition = loadSync(file, { includeDirs: [folder], keepCase: true, longs: String, oneofs: true })[service];
  const asBytes = { ...definition.Read, responseDeserialize: (answer) => answer };
  const Client = grpc.makeGenericClientConstructor({ ...definition, Read: asBytes }, service);
  return new Client(host, grpc.credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
}

function request(target, amount, filter = { no_filter: {} }) {
  return { options: { ...target, ...amount, ...filter, uuid_option: { string: {} } } };
}

function until(call, total, onEvent = () => undefined) {
  let seen = 0;
  return new Promise((resolve, reject) => {
    const finish = () => {
      resolve(seen);
      call.cancel();
    };
    call.on('error', reject);
    call.on('end', () => resolve(seen));
    call.on('data', (frame) => {
      if (frame[0] === CAUGHT_UP) return finish();
      if (frame[0] !== EVENT) return;
      onEvent(frame);
      if ((seen += 1) === total) finish();
    });
  });
}

/** Runs so many workers; each asks for its next turn until there is none. */
export function together(workers, work) {
  let taken = 0;
  const next = (total) => taken < total && (taken += 1) > 0;
  return Promise.all(Array.from({ length: workers }, (_, worker) => work(worker, next)));
}
