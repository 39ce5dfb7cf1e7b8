import { Redis } from 'ioredis';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { EmbeddedEventStore, EmbeddedReadModel, EmbeddedRedis } from '#platform';
import { testDatabases } from '#testing';
import { lastingPort, LedgerProcess, temporaryFolder } from '../../support/ledger-process.js';
import { SimulatorProcess } from '../../support/simulator-process.js';
import { instantOf, startsAtMs } from './instant.js';

export const roles = ['api', 'projector', 'worker'] as const;
export type Role = (typeof roles)[number];

/** Long enough for an instance that behaves well on a machine that is busy, and short for those that are slow. */
export const callbackTimeoutMs = 2_000;
export const supportContact = 'support@ledger.example';

/** Everything that the month is played on, each as a process of its own: servers, one process per role, instances. */
export class Stage {
  readonly #running = new Map<Role, Promise<LedgerProcess>>();
  readonly #ports = new Map<Role, number>();

  private constructor(
    readonly folder: ReturnType<typeof temporaryFolder>,
    readonly servers: Servers,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<Stage> {
    const folder = temporaryFolder();
    const servers = await startServers(folder.path);
    const stage = new Stage(folder, servers, {
      EVENTSTORE_CONNECTION_STRING: servers.eventStore.connectionString,
      DATABASE_URL: servers.database.connectionString,
      REDIS_URL: servers.redis.url,
      LEDGER_TEST_CLOCK: instantOf(startsAtMs),
      LEDGER_SUPPORT_CONTACT: supportContact,
      LEDGER_CALLBACK_TIMEOUT_MS: String(callbackTimeoutMs),
    });
    for (const role of roles) stage.#ports.set(role, await lastingPort());
    await Promise.all(roles.map((role) => stage.#start(role)));
    return stage;
  }

  api(): Promise<LedgerProcess> {
    return this.#process('api');
  }

  /** @param port the same each time, for it becomes part of what the licenses say */
  async startSimulator(port: number): Promise<SimulatorProcess> {
    const { url, dataDir } = await this.api();
    return SimulatorProcess.start(url, dataDir, join(this.folder.path, 'instances'), port);
  }

  /** The role's process is gone from one moment to the next, and is started again as whoever runs it would. */
  async kill(role: Role): Promise<void> {
    const process = await this.#process(role);
    await process.killAll();
    await this.#start(role);
  }

  async emptyRedis(): Promise<void> {
    const redis = new Redis(this.servers.redis.url);
    await redis.flushall();
    redis.disconnect();
  }

  async stop(): Promise<void> {
    for (const process of this.#running.values()) await (await process).stop();
    await this.servers.stop();
    this.folder.remove();
  }

  #start(role: Role): Promise<LedgerProcess> {
    const env = { ...this.env, PORT: String(this.#ports.get(role)) };
    const starting = LedgerProcess.start(this.folder.path, env, ['--roles', role]);
    this.#running.set(role, starting);
    return starting;
  }

  #process(role: Role): Promise<LedgerProcess> {
    const process = this.#running.get(role);
    if (process === undefined) throw new Error(`the ${role} was not started`);
    return process;
  }
}

export type Servers = Awaited<ReturnType<typeof startServers>>;

async function startServers(dataDir: string) {
  const options = {
    dataDir,
    logger: pino({ level: 'silent' }),
    onUnexpectedExit: (error: Error) => {
      throw error;
    },
  };
  mkdirSync(dataDir, { recursive: true });
  const [eventStore, redis, database] = await Promise.all([
    EmbeddedEventStore.start(options),
    EmbeddedRedis.start(options),
    openDatabase(),
  ]);
  return {
    eventStore,
    redis,
    database,
    async stop(): Promise<void> {
      await Promise.all([eventStore.stop(), redis.stop(), database.stop()]);
    },
  };

  /** PostgreSQL when the tests have it, else the embedded read model. */
  async function openDatabase() {
    const postgres = testDatabases().find(({ kind }) => kind === 'PostgreSQL');
    if (postgres === undefined) return EmbeddedReadModel.start(options);
    const { connectionString, drop } = await postgres.open();
    return { connectionString, stop: drop };
  }
}
