import type pg from 'pg';
import type { Logger } from 'pino';
import { EventStore } from '#event-store';
import {
  createLogger,
  DataFolderError,
  DataFolderLock,
  EmbeddedEventStore,
  EmbeddedReadModel,
  Settings,
  type Addresses,
} from '#platform';
import { openPool } from '#projection-engine';

/** The event store and the read model of a ledger, reached from outside of its own processes. */
export interface OpenLedger {
  readonly store: EventStore;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** A projector takes two. */
const connectionsMax = 4;

/**
 * Opens the ledger that the settings name: its servers where they are named, else those of the data folder. Servers of
 * a running ledger are used beside it; those of a ledger that is stopped are started and stopped again.
 *
 * @throws Error with what to do, where there is no such ledger or it can not be reached
 */
export async function openLedger(settings: Settings): Promise<OpenLedger> {
  const closing: (() => Promise<unknown> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const { eventStoreConnectionString, databaseUrl } = settings;
    const embedded =
      eventStoreConnectionString === undefined || databaseUrl === undefined
        ? await reachEmbedded(settings, closing)
        : {};
    const store = new EventStore(addressOf('event store', eventStoreConnectionString ?? embedded['eventStore']));
    closing.push(() => store.close());
    const pool = openPool(addressOf('read model', databaseUrl ?? embedded['readModel']), { max: connectionsMax });
    closing.push(() => pool.end());
    return { store, pool, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(name: string, address: string | undefined): string {
  if (address !== undefined) return address;
  throw new Error(
    `The running ledger of this data folder has its ${name} elsewhere: set EVENTSTORE_CONNECTION_STRING or DATABASE_URL as it has them.`,
  );
}

async function reachEmbedded(settings: Settings, closing: (() => Promise<unknown> | void)[]): Promise<Addresses> {
  const { dataDir } = settings;
  if (!DataFolderLock.isUsed(dataDir)) {
    throw new Error(
      `There is no ledger in ${dataDir}. Name its folder with --data or LEDGER_DATA_DIR, or its servers with EVENTSTORE_CONNECTION_STRING and DATABASE_URL.`,
    );
  }
  const lock = acquired(dataDir);
  if (!(lock instanceof DataFolderLock)) return runningAt(dataDir, lock);
  closing.push(() => lock.release());
  return startServers(settings, createLogger(settings), closing);
}

function acquired(dataDir: string): DataFolderLock | DataFolderError {
  try {
    return DataFolderLock.acquire(dataDir);
  } catch (error) {
    if (error instanceof DataFolderError && error.code === 'folder-in-use') return error;
    throw error;
  }
}

function runningAt(dataDir: string, inUse: DataFolderError): Addresses {
  const addresses = DataFolderLock.published(dataDir);
  if (addresses !== undefined) return addresses;
  throw new Error(`${inUse.message} It has not said where its servers are: it may be starting still. Try again.`);
}

async function startServers(
  { dataDir, eventStoreConnectionString, databaseUrl }: Settings,
  logger: Logger,
  closing: (() => Promise<unknown> | void)[],
): Promise<Addresses> {
  const onUnexpectedExit = (error: Error): void => {
    console.error(error.message);
    process.exit(2);
  };
  const options = { dataDir, logger, onUnexpectedExit };
  const addresses: Record<string, string> = {};
  if (eventStoreConnectionString === undefined) {
    const server = await EmbeddedEventStore.start(options);
    closing.push(() => server.stop());
    addresses['eventStore'] = server.connectionString;
  }
  if (databaseUrl === undefined) {
    const server = await EmbeddedReadModel.start(options);
    closing.push(() => server.stop());
    addresses['readModel'] = server.connectionString;
  }
  return addresses;
}
