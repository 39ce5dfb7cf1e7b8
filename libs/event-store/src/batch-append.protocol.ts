import { makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { identifiers, message, textByText } from './wire-message.js';

/**
 * The batch append of EventStoreDB's protocol, which is made here and not by the client, described in our own words:
 * names and numbers are those of the wire. See `append-pipe.ts` for why.
 */
const wire = fromJSON(
  {
    nested: {
      event_store: {
        nested: {
          client: {
            nested: {
              ...identifiers,
              Position: message({ commit: [1, 'uint64'], prepare: [2, 'uint64'] }),
              Empty: message({}),
              Timestamp: message({ seconds: [1, 'int64'], nanos: [2, 'int32'] }),
              Any: message({ typeUrl: [1, 'string'], value: [2, 'bytes'] }),
              Status: message({ code: [1, 'int32'], message: [2, 'string'], details: [3, 'Any'] }),
              Append: message({
                correlationId: [1, 'UUID'],
                options: [2, 'Options'],
                proposedMessages: [3, 'ProposedMessage', 'repeated'],
                isFinal: [4, 'bool'],
              }),
              Options: message({
                streamIdentifier: [1, 'StreamIdentifier'],
                streamPosition: [2, 'uint64'],
                noStream: [3, 'Empty'],
                deadline: [6, 'Timestamp'],
              }),
              ProposedMessage: {
                fields: {
                  ...message({ id: [1, 'UUID'], customMetadata: [3, 'bytes'], data: [4, 'bytes'] }).fields,
                  metadata: textByText(2),
                },
              },
              Answer: message({ correlationId: [1, 'UUID'], error: [2, 'Status'], success: [3, 'Success'] }),
              Success: message({ currentRevision: [1, 'uint64'], position: [3, 'Position'] }),
              streams: {
                nested: {
                  Streams: {
                    methods: {
                      BatchAppend: {
                        requestType: 'Append',
                        requestStream: true,
                        responseType: 'Answer',
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

/** A gRPC client that knows the batch append alone. */
export const BatchAppendClient = makeGenericClientConstructor(
  wire['event_store.client.streams.Streams'] as unknown as ServiceDefinition,
  'Streams',
);
