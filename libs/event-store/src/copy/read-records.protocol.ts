import { makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { UuidMessage } from '../append-message.js';
import { identifiers, message, textByText } from '../wire-message.js';

/** What a read answers, as it comes off the wire; without `event` when it is about the read itself. */
export interface ReadAnswerMessage {
  readonly event?: { readonly event?: RecordMessage };
}

export interface RecordMessage {
  readonly id?: UuidMessage;
  readonly streamIdentifier?: { readonly streamName?: Buffer };
  readonly streamRevision?: string;
  readonly preparePosition?: string;
  readonly commitPosition?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly customMetadata?: Buffer;
  readonly data?: Buffer;
}

/**
 * Reading all streams, in our own words: the client parses JSON while it reads, and what it parsed cannot be written
 * again byte for byte (spaces, numbers beyond 2^53, the spelling of characters).
 */
const wire = fromJSON(
  {
    nested: {
      event_store: {
        nested: {
          client: {
            nested: {
              ...identifiers,
              Empty: message({}),
              ReadRequest: message({ options: [1, 'Options'] }),
              Options: message({
                all: [2, 'AllOptions'],
                readDirection: [3, 'int32'],
                resolveLinks: [4, 'bool'],
                count: [5, 'uint64'],
                noFilter: [8, 'Empty'],
                uuidOption: [9, 'UuidOption'],
              }),
              AllOptions: message({ position: [1, 'Position'], start: [2, 'Empty'] }),
              Position: message({ commitPosition: [1, 'uint64'], preparePosition: [2, 'uint64'] }),
              UuidOption: message({ string: [2, 'Empty'] }),
              ReadAnswer: message({ event: [1, 'ReadEvent'] }),
              ReadEvent: message({ event: [1, 'RecordedEvent'] }),
              RecordedEvent: {
                fields: {
                  ...message({
                    id: [1, 'UUID'],
                    streamIdentifier: [2, 'StreamIdentifier'],
                    streamRevision: [3, 'uint64'],
                    preparePosition: [4, 'uint64'],
                    commitPosition: [5, 'uint64'],
                    customMetadata: [7, 'bytes'],
                    data: [8, 'bytes'],
                  }).fields,
                  metadata: textByText(6),
                },
              },
              streams: {
                nested: {
                  Streams: {
                    methods: {
                      Read: {
                        requestType: 'ReadRequest',
                        responseType: 'ReadAnswer',
                        responseStream: true,
                        comment: '',
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  { longs: String },
);

/** A gRPC client that knows reading alone. */
export const ReadRecordsClient = makeGenericClientConstructor(
  wire['event_store.client.streams.Streams'] as unknown as ServiceDefinition,
  'Streams',
);
