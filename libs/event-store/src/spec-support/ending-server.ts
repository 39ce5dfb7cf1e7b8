import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';

/** A server that ends every subscription at once and without an error, as a proxy or a node that steps down may. */
export async function startEndingServer(): Promise<{ connectionString: string; close(): Promise<void> }> {
  const server = new Server();
  const end: UntypedHandleCall = (call: { end(): void }) => call.end();
  const { StreamsService: definition } = services;
  server.addService(definition, { read: end, append: end, delete: end, tombstone: end, batchAppend: end });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { connectionString: `esdb://127.0.0.1:${port}?tls=false`, close: async () => server.forceShutdown() };
}
