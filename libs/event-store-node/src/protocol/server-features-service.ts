import type { sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/proto-loader';

/** The server version whose behaviour is spoken; clients choose by it what they ask for. */
export const SPOKEN_VERSION = '24.10.0';

const FEATURES: Readonly<Record<string, readonly string[]>> = {
  '/event_store.client.streams.streams/read': ['position', 'events'],
  '/event_store.client.streams.streams/batchappend': ['deadline_duration'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/create': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/update': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/delete': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/read': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/getinfo': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/replayparked': ['stream', 'all'],
  '/event_store.client.persistent_subscriptions.persistentsubscriptions/list': ['stream', 'all'],
};

/** Tells clients which methods the node serves. */
export function serverFeaturesService(served: readonly ServiceDefinition[]): UntypedServiceImplementation {
  const methods = served
    .flatMap((service) => Object.values(service))
    .map(({ path }) => {
      const lower = path.toLowerCase();
      const [, service_name, method_name] = lower.split('/');
      return { service_name, method_name, features: FEATURES[lower] ?? [] };
    });
  return {
    GetSupportedMethods(_call: unknown, respond: sendUnaryData<object>) {
      respond(null, { methods, event_store_server_version: SPOKEN_VERSION });
    },
  };
}
