import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client';
import type { CallOptions, Client, ClientReadableStream, Metadata, ServiceError } from '@grpc/grpc-js';
import { uuidText } from '../append-message.js';
import { backoffMs, pause, type Random } from '../backoff.js';
import { internalsOf } from '../client-internals.js';
import { EventStoreUnavailable, toStoreError } from '../errors.js';
import { comparePositions, type Position } from '../position.js';
import { attentively } from '../read.js';
import { ReadRecordsClient, type ReadAnswerMessage, type RecordMessage } from './read-records.protocol.js';
import type { StoredRecord } from './stored-record.js';

export interface ReadRecordsOptions {
  /** The first position to read, included. */
  readonly from: Position | 'start';
  /** What the reading is for, in the words of an error: "reading the source". */
  readonly doing: string;
  /** How long the server may be silent before the read is broken off and taken up again. */
  readonly timeoutMs: number;
  /** How long to go on trying without a single event before EventStoreUnavailable. */
  readonly patienceMs: number;
  readonly random: Random;
}

type Call = ClientReadableStream<ReadAnswerMessage>;
type Service = Client & { Read(request: object, metadata: Metadata, options: CallOptions): Call };

const everything = String(Number.MAX_SAFE_INTEGER);

/**
 * Every event of every stream as it is stored, in the order of the log, up to its end. A read that breaks off, or that
 * a node which is not the leader turns away, is taken up again behind the last event.
 * @throws EventStoreUnavailable, EventStoreRejected
 */
export async function* readRecords(
  client: EventStoreDBClient,
  { from, doing, timeoutMs, patienceMs, random }: ReadRecordsOptions,
): AsyncGenerator<StoredRecord, void, undefined> {
  let last: Position | null = null;
  let attempt = 0;
  let giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      const call: Call = await openRead(client, last ?? from);
      for await (const { event } of attentively(call, timeoutMs)) {
        if (!event?.event) continue;
        const record = toStoredRecord(event.event);
        if (last && comparePositions(record.position, last) <= 0) continue;
        yield record;
        last = record.position;
        attempt = 0;
        giveUpAt = performance.now() + patienceMs;
      }
      return;
    } catch (error) {
      const failure = toStoreError(doing, convertToCommandError(error as ServiceError));
      if (!(failure instanceof EventStoreUnavailable) || performance.now() >= giveUpAt) throw failure;
      await pause(backoffMs(attempt++, { baseMs: 50, maxMs: 2_000 }, random));
    }
  }
}

function openRead(client: EventStoreDBClient, from: Position | 'start'): Promise<Call> {
  const internals = internalsOf<Service, Call>(client);
  const request = {
    options: {
      all:
        from === 'start'
          ? { start: {} }
          : { position: { commitPosition: String(from.commit), preparePosition: String(from.prepare) } },
      readDirection: 0,
      count: everything,
      noFilter: {},
      uuidOption: { string: {} },
    },
  };
  return internals.GRPCStreamCreator(ReadRecordsClient, 'readRecords', (service) =>
    service.Read(request, ...internals.callArguments({ requiresLeader: true }, { deadline: Infinity })),
  )();
}

const noBytes = Buffer.alloc(0);

function toStoredRecord(message: RecordMessage): StoredRecord {
  const { metadata: { type = '', 'content-type': contentType, created = '0' } = {} } = message;
  return {
    id: uuidText(message.id),
    stream: message.streamIdentifier?.streamName?.toString() ?? '',
    revision: BigInt(message.streamRevision ?? 0),
    position: { commit: BigInt(message.commitPosition ?? 0), prepare: BigInt(message.preparePosition ?? 0) },
    type,
    isJson: contentType === 'application/json',
    data: message.data ?? noBytes,
    metadata: message.customMetadata ?? noBytes,
    createdTicks: BigInt(created),
  };
}
