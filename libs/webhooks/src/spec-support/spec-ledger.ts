import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AuthModule, issueLocalToken, type TokenRequest } from '#auth';
import { CommandsModule } from '#commands';
import { EventStore, EventStoreModule, type RecordedEvent } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { createApplication, HttpModule, ReadModelPosition } from '#http';
import { licenseIdOf } from '#license';
import { openPersons, Persons } from '#personal-data';
import { Clock, readSettings, Settings, TestClock } from '#platform';
import { migrate, openPool } from '#projection-engine';
import { operationsMigrations, operationsSchema } from '#read-model';
import type { DeliveryLimits } from '../delivery/delivery-limits.js';
import type { WebhookEndpointWithSecret } from '#contracts';
import { WebhooksApiModule, WebhookWorkerModule } from '../webhooks.module.js';

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const service: TokenRequest = { role: 'service' };
const quick = { backOffBaseMs: 40, backOffMaxMs: 10_800_000, flushMs: 20 };

/** The rows of operations say how far each endpoint is; a read model there is not, and nobody waits for it. */
class NoReadModel extends ReadModelPosition {
  override readonly complete = true;
  override waitFor = (): Promise<boolean> => Promise.resolve(true);
}

/** Commands and webhooks on a real event store node and a real database, behind their real interface. */
export class SpecLedger {
  #workers: NestFastifyApplication[] = [];

  private constructor(
    private readonly folder: string,
    private readonly node: EventStoreNode,
    private readonly settings: Settings,
    private readonly app: NestFastifyApplication,
    readonly pool: pg.Pool,
    readonly clock: TestClock,
  ) {}

  /** @param connectionString of an empty database */
  static async start(connectionString: string): Promise<SpecLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'webhooks-spec-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const pool = openPool(connectionString, { max: 4 });
    await migrate(pool, operationsSchema, operationsMigrations);
    const clock = TestClock.open(folder, '2026-06-01T09:00:00.000Z');
    const settings = readSettings({ LEDGER_DATA_DIR: folder, LEDGER_CALLBACK_TIMEOUT_MS: '1000' });
    const parts = { folder, node, settings, pool, clock };
    const app = await application(parts, [CommandsModule, WebhooksApiModule]);
    const ledger = new SpecLedger(folder, node, settings, app, pool, clock);
    await ledger.ask(
      'PUT',
      '/v1/plans/team',
      {
        name: 'Team',
        prices: [{ currency: 'USD', interval: 'month', amount: 1000 }],
      },
      { role: 'admin' },
    );
    return ledger;
  }

  /** One more worker, as a process of its own would be. */
  async work(limits: Partial<DeliveryLimits> = {}): Promise<NestFastifyApplication> {
    const { folder, node, settings, pool, clock } = this;
    const parts = { folder, node, settings, pool, clock };
    const worker = await application(parts, [WebhookWorkerModule.with({ ...quick, ...limits })]);
    this.#workers.push(worker);
    return worker;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
    this.#workers = [];
  }

  async stop(): Promise<void> {
    await this.stopWorkers();
    await this.app.close();
    await this.pool.end();
    await this.node.stop();
    await rm(this.folder, { recursive: true });
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    as: TokenRequest = service,
    key?: string,
  ): Promise<Reply> {
    const token = await issueLocalToken(this.folder, as);
    const response = await this.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) },
      ...(body && { payload: body }),
    });
    const answer = response.body === '' ? {} : response.json<Record<string, unknown>>();
    return { status: response.statusCode, body: answer };
  }

  async webhook(url: string, types?: string[]): Promise<WebhookEndpointWithSecret> {
    const { status, body } = await this.ask('POST', '/v1/webhooks', { url, ...(types && { types }) });
    if (status !== 201) throw new Error(`the webhook was not registered: ${JSON.stringify(body)}`);
    return body as unknown as WebhookEndpointWithSecret;
  }

  /** A license of 60 seats; its first event. */
  async register(domain: string): Promise<string> {
    const terms = { planId: 'team', seats: 60, currency: 'USD', interval: 'month', paidThrough: '2027-01-01' };
    const license = { domain, billingEmail: `billing@${domain}`, ...terms };
    const { status, body } = await this.ask('POST', '/v1/licenses', license, { role: 'admin' });
    if (status !== 201) throw new Error(`${domain} was not registered: ${JSON.stringify(body)}`);
    return licenseIdOf(domain);
  }

  async changeSeats(licenseId: string, seats: number): Promise<void> {
    const url = `/v1/licenses/${licenseId}/seat-changes`;
    const { status, body } = await this.ask('POST', url, { seats }, { role: 'admin' });
    if (status !== 201) throw new Error(`the seats were not changed: ${JSON.stringify(body)}`);
  }

  /** How many events the license has. */
  async eventsOf(licenseId: string): Promise<number[]> {
    return (await this.stream(`license-${licenseId}`)).map(({ revision }) => Number(revision) + 1);
  }

  async stream(name: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.app.get(EventStore).readStream(name)) events.push(event);
    return events;
  }

  forward(ms: number): void {
    this.clock.moveTo(new Date(this.clock.nowMs() + ms).toISOString());
  }
}

interface Parts {
  readonly folder: string;
  readonly node: EventStoreNode;
  readonly settings: Settings;
  readonly pool: pg.Pool;
  readonly clock: TestClock;
}

async function application({ node, settings, pool, clock }: Parts, modules: NonNullable<DynamicModule['imports']>) {
  const app = await createApplication(
    {
      module: class SpecModule {},
      imports: [
        partsModule([
          { provide: Clock, useValue: clock },
          { provide: Settings, useValue: settings },
          { provide: pg.Pool, useValue: pool },
          { provide: Persons, useValue: await openPersons(settings, { pool, schema: operationsSchema }) },
          { provide: ReadModelPosition, useClass: NoReadModel },
        ]),
        HttpModule,
        AuthModule.forRoot(settings),
        EventStoreModule.forRoot({ connectionString: node.connectionString }),
        ...modules,
      ],
    },
    { version: '0.0.0', logger: false },
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Waits for something to come true; a spec's own time limit says when that is not to be expected any more. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

function partsModule(providers: Provider[]): DynamicModule {
  @Global()
  @Module({})
  class PartsModule {}
  const tokens = providers.map((provider) => ('provide' in provider ? provider.provide : provider));
  return { module: PartsModule, providers, exports: tokens };
}
