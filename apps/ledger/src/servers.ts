import type { Logger } from 'pino';
import { EmbeddedEventStore, EmbeddedReadModel, type Lifecycle, type Settings } from '#platform';

/** Where the event store and the read model are. */
export interface Servers {
  readonly eventStore: string;
  readonly readModel: string;
}

/** Starts, as child processes, those that the settings do not name. One that dies takes the service with it. */
export async function startServers(settings: Settings, logger: Logger, lifecycle: Lifecycle): Promise<Servers> {
  const { dataDir, eventStoreConnectionString, databaseUrl } = settings;
  const options = { dataDir, logger, onUnexpectedExit: (error: Error) => lifecycle.fail(error) };
  const [eventStore, readModel] = await Promise.all([
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
  ]);
  return { eventStore, readModel };
}
