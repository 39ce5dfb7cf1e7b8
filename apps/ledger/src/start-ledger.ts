import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import { describeAccess } from '#auth';
import { EventStore } from '#event-store';
import { EventStreams } from '#feed';
import { closeGracefully, createApplication } from '#http';
import { JobQueues, RedisPlace } from '#jobs';
import { limitRequests, openRequestLimits } from '#limits';
import { openPersons } from '#personal-data';
import { DataFolderLock, NestLogger, openClock, type Lifecycle, type Settings } from '#platform';
import { CheckpointStore, migrate, openPool, Progress, Projector } from '#projection-engine';
import { LedgerProjection, ledgerSchema, migrations, operationsMigrations, operationsSchema } from '#read-model';
import { EndpointRegister } from '#webhooks';
import { fillFirst } from './first-fill.js';
import { ledgerModule, type LedgerParts } from './ledger.module.js';
import { Metrics } from './metrics/metrics.js';
import { observeCommands, observeRequests } from './metrics/observe.js';
import type { Options } from './options.js';
import { startServers } from './servers.js';
import { version } from './version.js';
import { welcome } from './welcome.js';

export interface Start {
  readonly settings: Settings;
  readonly options: Options;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
}

/** Connections at most; the embedded read model does one transaction after another anyway. */
const connectionsMax = { embedded: 4, server: 10 };
/** Whoever asks is told within seconds that there is no answer: callers wait for it, and jobs can be done later. */
const asking = { connectTimeoutMs: 3_000, queryTimeoutMs: 5_000 };
/** The projector's: one that writes, one that reads. Nobody waits for them, and what they do may take its time. */
const projecting = { max: 2 };

/** Starts everything in the order in which it needs each other; the lifecycle stops it the other way round. */
export async function startLedger({ settings, options, logger, lifecycle }: Start): Promise<void> {
  const dataFolder = await ownDataFolder(settings, lifecycle);
  const clock = openClock(settings);
  const servers = await startServers(settings, options, logger, lifecycle);
  // The tools of whoever may enter the folder reach a running ledger by them.
  dataFolder?.publish(servers.embedded);
  const store = await lifecycle.start(
    'event store client',
    () => new EventStore(servers.eventStore),
    (client) => client.close(),
  );
  const max = settings.databaseUrl === undefined ? connectionsMax.embedded : connectionsMax.server;
  const [pool, projectorPool] = await lifecycle.start(
    'read model connections',
    () => [openPool(servers.readModel, { max, ...asking }), openPool(servers.readModel, projecting)] as const,
    async (pools) => void (await Promise.all(pools.map((each) => each.end()))),
  );
  const applied = [
    ...(await migrate(projectorPool, operationsSchema, operationsMigrations)),
    ...(await migrate(projectorPool, ledgerSchema, migrations)),
  ];
  if (applied.length > 0) logger.info(`Read model: applied ${applied.join(', ')}`);

  const persons = await openPersons(settings, { pool, schema: operationsSchema });

  const projection = new LedgerProjection();
  const checkpoint = new CheckpointStore(ledgerSchema, projection.name);
  const progress = new Progress(async () => {
    const position = (await checkpoint.read(pool))?.position;
    return position === undefined || position === 'start' ? null : position;
  });
  const projector = options.roles.has('projector')
    ? await lifecycle.start(
        'projector',
        () => {
          const parts = { pool: projectorPool, projection, progress, source: eventsFor(store), log: log(logger) };
          return startProjector(new Projector(parts));
        },
        (running) => running.stop(),
      )
    : null;
  await lifecycle.start(
    'first fill of the read model',
    () => fillFirst({ store, pool, checkpoint, progress, prefixes: projection.prefixes, logger }),
    (filling) => filling.stop(),
  );

  const redis = servers.redis === null ? null : new RedisPlace(servers.redis, settings.redisPrefix);
  // A Redis that nobody else knows has nobody to share a count with.
  const shared = settings.redisUrl === undefined ? null : redis;
  const limits = await lifecycle.start(
    'request limits',
    () => openRequestLimits({ ...settings.limits, shared }),
    (open) => open.close(),
  );
  const parts: LedgerParts = { settings, options, clock, store, pool, persons, redis, progress, projector };
  const app = await lifecycle.start(
    'HTTP',
    async () => {
      const created = await createApplication(ledgerModule(parts), {
        version,
        describe: (document) => describeAccess(document),
        limits: settings.limits,
        logger: new NestLogger(logger),
      });
      observeRequests(created, logger);
      limitRequests(created, limits);
      if (options.roles.has('api')) {
        observeCommands(created);
        created.get(Metrics).observeFeed(created.get(EventStreams, { strict: false }));
      }
      if (options.roles.has('worker')) created.get(Metrics).observeJobs(created.get(JobQueues, { strict: false }));
      if (options.roles.has('worker')) {
        created.get(Metrics).observeWebhooks(created.get(EndpointRegister, { strict: false }));
      }
      await listen(created, settings);
      return created;
    },
    (application) => closeGracefully(application),
  );
  await welcome(await app.getUrl(), settings, options);

  function eventsFor(source: EventStore) {
    return (from: Parameters<ConstructorParameters<typeof Projector>[0]['source']>[0], signal: AbortSignal) =>
      source.subscribeToAll({ from, signal, prefixes: projection.prefixes, batch: { maxEvents: 500, maxWaitMs: 5 } });
  }
}

/** What is embedded belongs to one process; processes without it may share a folder, which is then nobody's. */
async function ownDataFolder(settings: Settings, lifecycle: Lifecycle): Promise<DataFolderLock | null> {
  const { dataDir, eventStoreConnectionString, databaseUrl } = settings;
  const isExclusive = eventStoreConnectionString === undefined || databaseUrl === undefined;
  if (!isExclusive) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return null;
  }
  return lifecycle.start(
    'data folder',
    () => DataFolderLock.acquire(dataDir),
    (lock) => lock.release(),
  );
}

async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another port.`);
  }
}

function startProjector(projector: Projector): Projector {
  projector.start();
  return projector;
}

function log(logger: Logger) {
  return {
    log: (message: string) => logger.info(message),
    warn: (message: string) => logger.warn(message),
    error: (message: string) => logger.error(message),
  };
}
