import { Global, Module, type DynamicModule, type ValueProvider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type pg from 'pg';
import { join } from 'node:path';
import { AuthModule, issueLocalToken, type TokenRequest } from '#auth';
import { CommandsModule } from '#commands';
import { Seller } from '#documents';
import { EventStore } from '#event-store';
import { startEventStoreNode } from '#event-store-node';
import { createApplication, HttpModule, ReadModelPosition } from '#http';
import { licenseIdOf } from '#license';
import { openPersons, Persons } from '#personal-data';
import { Clock, readSettings, TestClock } from '#platform';
import { migrate, openPool, Progress, Projector } from '#projection-engine';
import {
  LedgerProjection,
  ledgerSchema,
  migrations,
  operationsMigrations,
  operationsSchema,
  ReadModel,
  ReadModelModule,
} from '#read-model';

export interface Reply {
  readonly status: number;
  // What an answer holds is what the specs are about.
  readonly body: Record<string, unknown> & { readonly items: Record<string, unknown>[]; readonly nextCursor: unknown };
  readonly headers: Readonly<Record<string, unknown>>;
}

const seller: Seller = {
  name: 'Lumen Desk GmbH',
  address: 'Invalidenstraße 7\n10115 Berlin',
  taxId: 'VAT DE123456789',
  contact: undefined,
  paymentInstructions: undefined,
  note: undefined,
};

@Global()
@Module({})
class PartsModule {
  static with(providers: ValueProvider[]): DynamicModule {
    return { module: PartsModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** The whole ledger in this process: commands and queries behind their real interface, a real event store, a projector. */
export class SpecLedger {
  readonly #tokens = new Map<string, string>();
  /** Where the last command stands in the log: queries wait for it. */
  #written: string | undefined;

  private constructor(
    private readonly folder: string,
    private readonly app: NestFastifyApplication,
    readonly clock: TestClock,
    readonly projector: Projector,
    readonly store: EventStore,
    readonly pool: pg.Pool,
    private readonly closing: () => Promise<void>,
  ) {}

  static async start(connectionString: string, now: string): Promise<SpecLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'seat-ledger-spec-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const store = new EventStore(node.connectionString);
    const pool = openPool(connectionString, { max: 4 });
    await migrate(pool, operationsSchema, operationsMigrations);
    await migrate(pool, ledgerSchema, migrations);
    const projection = new LedgerProjection();
    const progress = new Progress(() => Promise.resolve(null));
    const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
    const projector = new Projector({
      pool,
      projection,
      progress,
      log: silent,
      source: (from, signal) =>
        store.subscribeToAll({ from, signal, prefixes: projection.prefixes, batch: { maxEvents: 500, maxWaitMs: 1 } }),
    });
    projector.start();
    const clock = TestClock.open(folder, now);
    const persons = await openPersons(readSettings({ LEDGER_DATA_DIR: folder, DATABASE_URL: connectionString }), {
      pool,
      schema: operationsSchema,
    });
    const app = await createApplication(
      {
        module: class SpecModule {},
        imports: [
          PartsModule.with([
            { provide: Clock, useValue: clock },
            { provide: EventStore, useValue: store },
            { provide: Persons, useValue: persons },
            { provide: Seller, useValue: seller },
            { provide: ReadModel, useValue: new ReadModel(pool, ledgerSchema) },
            { provide: ReadModelPosition, useValue: progress },
          ]),
          HttpModule,
          AuthModule.forRoot({ dataDir: folder, auth: undefined }),
          CommandsModule,
          ReadModelModule,
        ],
      },
      { version: '0.0.0', logger: ['error'] },
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new SpecLedger(folder, app, clock, projector, store, pool, async () => {
      await projector.stop();
      await store.close();
      await pool.end();
      await node.stop();
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.closing();
    await rm(this.folder, { recursive: true });
  }

  get(url: string, as?: TokenRequest): Promise<Reply> {
    return this.ask('GET', url, undefined, as);
  }

  /** The answer in another form than JSON. */
  async getAs(accept: string, url: string, as: TokenRequest = { role: 'admin' }) {
    const headers = { accept, authorization: `Bearer ${await this.#tokenOf(as)}` };
    const {
      statusCode: status,
      body: text,
      rawPayload: bytes,
      headers: answered,
    } = await this.app.inject({ url, headers });
    return { status, text, bytes, headers: answered };
  }

  /** @throws Error unless the command is accepted */
  async post(url: string, body: object = {}, method: 'POST' | 'PUT' = 'POST'): Promise<Reply['body']> {
    const { status, body: answer } = await this.ask(method, url, body);
    if (status >= 300) throw new Error(`${method} ${url}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** A license of 60 seats at 10.00 USD a month unless said otherwise; answers its path. */
  async register(domain: string, terms: object = {}): Promise<string> {
    const prices = [
      { currency: 'USD', interval: 'month', amount: 1000 },
      { currency: 'EUR', interval: 'month', amount: 900 },
    ];
    await this.post('/v1/plans/team', { name: 'Team', prices }, 'PUT');
    const license = { planId: 'team', seats: 60, currency: 'USD', interval: 'month' };
    await this.post('/v1/licenses', { ...license, domain, billingEmail: `billing@${domain}`, ...terms });
    return `/v1/licenses/${licenseIdOf(domain)}`;
  }

  /** Every item of a list, page after page. */
  async walk(url: string, limit: number, as?: TokenRequest): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let cursor: unknown = null;
    do {
      const query = `${url.includes('?') ? '&' : '?'}limit=${limit}${cursor === null ? '' : `&cursor=${String(cursor)}`}`;
      const { status, body } = await this.get(url + query, as);
      if (status !== 200) throw new Error(`${url}: ${JSON.stringify(body)}`);
      if (body.items.length > limit) throw new Error(`${url} gave ${body.items.length} items for a limit of ${limit}`);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return items;
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    as: TokenRequest = { role: 'admin' },
  ) {
    const response = await this.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${await this.#tokenOf(as)}`,
        ...(this.#written !== undefined && { 'ledger-min-position': this.#written }),
      },
      ...(body && { payload: body }),
    });
    this.#written = (response.headers['ledger-position'] as string | undefined) ?? this.#written;
    return { status: response.statusCode, body: response.json<Reply['body']>(), headers: response.headers };
  }

  async #tokenOf(request: TokenRequest): Promise<string> {
    const name = JSON.stringify(request);
    const token = this.#tokens.get(name) ?? (await issueLocalToken(this.folder, request));
    this.#tokens.set(name, token);
    return token;
  }
}
