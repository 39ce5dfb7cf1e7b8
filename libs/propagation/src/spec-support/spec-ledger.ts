import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AuthModule, issueLocalToken, type TokenRequest } from '#auth';
import { CommandsModule } from '#commands';
import { EventStore, EventStoreModule, type RecordedEvent } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { createApplication, HttpModule } from '#http';
import { licenseIdOf } from '#license';
import { openPersons, Persons } from '#personal-data';
import { Clock, readSettings, Settings, TestClock } from '#platform';
import { migrate, openPool } from '#projection-engine';
import { ledgerSchema, migrations, operationsMigrations, operationsSchema } from '#read-model';
import { Propagations } from '../acknowledgement/propagations.js';
import { LicenseHistoryReader } from '../history/license-history-reader.js';
import { PropagationApiModule } from '../propagation.module.js';
import { PushQueue } from '../push/push-queue.js';
import { Pushes, type PushResult } from '../push/pushes.js';

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly code?: string };
}

/** Remembers what was asked of it; the spec pushes by itself. */
class AskedQueue extends PushQueue {
  readonly asked: string[] = [];

  override ask(licenseId: string): Promise<void> {
    this.asked.push(licenseId);
    return Promise.resolve();
  }
}

/** Commands and propagation on a real event store node and a real database, behind their real interface. */
export class SpecLedger {
  readonly queue: AskedQueue;
  readonly pushes: Pushes;

  private constructor(
    private readonly folder: string,
    private readonly node: EventStoreNode,
    private readonly app: NestFastifyApplication,
    readonly pool: pg.Pool,
    readonly clock: TestClock,
  ) {
    this.queue = app.get(AskedQueue, { strict: false });
    this.pushes = app.get(Pushes, { strict: false });
  }

  /** @param connectionString of an empty database */
  static async start(connectionString: string, now = '2026-06-01T09:00:00.000Z'): Promise<SpecLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'propagation-spec-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const pool = openPool(connectionString, { max: 2 });
    await migrate(pool, ledgerSchema, migrations);
    await migrate(pool, operationsSchema, operationsMigrations);
    const clock = TestClock.open(folder, now);
    const settings = readSettings({ LEDGER_DATA_DIR: folder, LEDGER_CALLBACK_TIMEOUT_MS: '300' });
    const app = await createApplication(
      {
        module: class SpecModule {},
        imports: [
          partsModule([
            { provide: Clock, useValue: clock },
            { provide: Settings, useValue: settings },
            { provide: pg.Pool, useValue: pool },
            { provide: Persons, useValue: await openPersons(settings, { pool, schema: operationsSchema }) },
            AskedQueue,
            { provide: PushQueue, useExisting: AskedQueue },
          ]),
          HttpModule,
          AuthModule.forRoot(settings),
          EventStoreModule.forRoot({ connectionString: node.connectionString }),
          CommandsModule,
          PropagationApiModule,
        ],
      },
      { version: '0.0.0', logger: ['error'] },
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new SpecLedger(folder, node, app, pool, clock);
  }

  /** The event store goes away, and does not come back. */
  async stopEventStore(): Promise<void> {
    await this.node.stop();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.pool.end();
    await this.stopEventStore();
    await rm(this.folder, { recursive: true });
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
    as: TokenRequest = { role: 'admin' },
    key?: string,
  ): Promise<Reply> {
    const token = await issueLocalToken(this.folder, as);
    const response = await this.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) },
      ...(body && { payload: body }),
    });
    return { status: response.statusCode, body: response.json() };
  }

  /** A license of 60 paid seats on a plan at 10.00 USD a seat and month. */
  async register(domain: string, callbackUrl?: string): Promise<string> {
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await this.ask('PUT', '/v1/plans/team', { name: 'Team', prices });
    const terms = { planId: 'team', seats: 60, currency: 'USD', interval: 'month', paidThrough: '2027-01-01' };
    const license = { domain, billingEmail: `billing@${domain}`, ...terms, ...(callbackUrl && { callbackUrl }) };
    const { status, body } = await this.ask('POST', '/v1/licenses', license);
    if (status !== 201) throw new Error(`${domain} was not registered: ${JSON.stringify(body)}`);
    return licenseIdOf(domain);
  }

  /** Answers the id of the change and the license's revision after it. */
  async changeSeats(domain: string, seats: number): Promise<{ changeId: string; revision: number }> {
    const url = `/v1/licenses/${licenseIdOf(domain)}/seat-changes`;
    const { status, body } = await this.ask('POST', url, { seats });
    if (status !== 201) throw new Error(`the seats were not changed: ${JSON.stringify(body)}`);
    return body as { changeId: string; revision: number } & Reply['body'];
  }

  /** As the worker does at a change's deadline. */
  async missDeadline({ licenseId, changeId }: { licenseId: string; changeId: string }): Promise<void> {
    const change = await this.app.get(LicenseHistoryReader, { strict: false }).change(licenseId, changeId);
    if (change === null) throw new Error('there is no such change');
    await this.app.get(Propagations, { strict: false }).missDeadline(change, 'spec');
  }

  async eventsOf(stream: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.app.get(EventStore).readStream(stream)) events.push(event);
    return events;
  }

  push(licenseId: string): Promise<PushResult> {
    return this.pushes.push(licenseId, 'spec');
  }

  async attempts(changeId: string): Promise<unknown> {
    const { rows } = await this.pool.query(
      `SELECT attempts, last_error, next_attempt_at FROM ${operationsSchema}.push_attempts WHERE change_id = $1`,
      [changeId],
    );
    return rows[0];
  }
}

function partsModule(providers: Provider[]): DynamicModule {
  @Global()
  @Module({})
  class PartsModule {}
  const tokens = providers.map((provider) => ('provide' in provider ? provider.provide : provider));
  return { module: PartsModule, providers, exports: tokens };
}
