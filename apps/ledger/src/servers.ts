import type { Logger } from 'pino';
import {
  EmbeddedEventStore,
  EmbeddedReadModel,
  EmbeddedRedis,
  type Addresses,
  type Lifecycle,
  type Settings,
} from '#platform';
import type { Options } from './options.js';

/** Where the servers are that the ledger stands on. */
export interface Servers {
  readonly eventStore: string;
  readonly readModel: string;
  /** Null in a process that has nothing to do with jobs. */
  readonly redis: string | null;
  /** Those that this process runs itself. */
  readonly embedded: Addresses;
}

/**
 * Starts, as child processes, those that the settings do not name. One that dies takes the service with it.
 * @throws Error when this process would need a server that other processes share, and none is named
 */
export async function startServers(
  settings: Settings,
  { roles }: Options,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<Servers> {
  const { dataDir, eventStoreConnectionString, databaseUrl, redisUrl } = settings;
  if (redisUrl === undefined && roles.has('api') && !roles.has('worker')) {
    throw new Error('REDIS_URL must be set for --roles api without worker: it is where the workers find their jobs.');
  }
  const options = { dataDir, logger, onUnexpectedExit: (error: Error) => lifecycle.fail(error) };
  const [eventStore, readModel, redis] = await Promise.all([
    eventStoreConnectionString ??
      lifecycle
        .start(
          'event store',
          () => EmbeddedEventStore.start(options),
          (server) => server.stop(),
        )
        .then((server) => server.connectionString),
    databaseUrl ??
      lifecycle
        .start(
          'read model',
          () => EmbeddedReadModel.start(options),
          (server) => server.stop(),
        )
        .then((server) => server.connectionString),
    redisUrl ??
      (roles.has('worker')
        ? lifecycle
            .start(
              'Redis',
              () => EmbeddedRedis.start(options),
              (server) => server.stop(),
            )
            .then((server) => server.url)
        : null),
  ]);
  const embedded = {
    ...(eventStoreConnectionString === undefined && { eventStore }),
    ...(databaseUrl === undefined && { readModel }),
  };
  return { eventStore, readModel, redis, embedded };
}
