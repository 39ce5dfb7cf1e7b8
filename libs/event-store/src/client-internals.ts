import type { BaseOptions, EventStoreDBClient } from '@eventstore/db-client';
import type { CallOptions, Client, Metadata, ServiceClientConstructor } from '@grpc/grpc-js';

/** What the client keeps for its own modules: the connection with its reconnecting, and the arguments of a call. */
export interface ClientInternals<Service extends Client, Call> {
  GRPCStreamCreator(
    service: ServiceClientConstructor,
    name: string,
    open: (service: Service) => Call,
    cache?: WeakMap<Service, Call>,
  ): () => Promise<Call>;
  callArguments(base: BaseOptions, call: CallOptions): [Metadata, CallOptions];
}

/** For the calls that are made here and not by the client. */
export function internalsOf<Service extends Client, Call>(client: EventStoreDBClient): ClientInternals<Service, Call> {
  return client as unknown as ClientInternals<Service, Call>;
}
