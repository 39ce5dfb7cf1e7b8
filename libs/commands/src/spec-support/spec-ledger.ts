import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthModule, issueLocalToken, type TokenRequest } from '#auth';
import { EventStore, EventStoreModule, type RecordedEvent } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { createApplication, HttpModule } from '#http';
import { licenseIdOf, licenseStream } from '#license';
import { FileKeyStore, MasterKeys, Persons, type KeyName, type KeyStore, type StoredKey } from '#personal-data';
import { Clock, TestClock } from '#platform';
import { CommandsModule } from '../commands.module.js';

export interface Reply {
  readonly status: number;
  // What an answer holds is what the specs are about.
  readonly body: Record<string, unknown> & { readonly code?: string; readonly errors?: { path: string }[] };
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface Asking {
  readonly as?: TokenRequest;
  readonly key?: string;
  readonly ifMatch?: string;
}

const admin: TokenRequest = { role: 'admin' };

@Global()
@Module({})
class PartsModule {
  static with(clock: Clock, persons: Persons): DynamicModule {
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: Persons, useValue: persons },
    ];
    return { module: PartsModule, providers, exports: [Clock, Persons] };
  }
}

/** Keys in files, which can be away, or cut off before they are destroyed. */
class SpecKeys implements KeyStore {
  isInterrupted = false;
  isAway = false;

  constructor(private readonly files: FileKeyStore) {}

  find(name: KeyName): Promise<StoredKey | undefined> {
    return this.isAway ? Promise.reject(refused()) : this.files.find(name);
  }

  keep(name: KeyName, wrapped: string): Promise<StoredKey> {
    return this.files.keep(name, wrapped);
  }

  async destroy(upTo: KeyName): Promise<void> {
    if (this.isInterrupted) throw refused();
    await this.files.destroy(upTo);
  }
}

/** As a database that was stopped refuses. */
const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** The write side behind its real interface, on a real event store node in a folder of its own. */
export class SpecLedger {
  readonly #tokens = new Map<string, string>();

  private constructor(
    private readonly folder: string,
    private readonly node: EventStoreNode,
    private readonly app: NestFastifyApplication,
    readonly clock: TestClock,
    readonly keys: SpecKeys,
  ) {}

  static async start(now = '2026-06-01T09:00:00.000Z'): Promise<SpecLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'seat-ledger-spec-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const clock = TestClock.open(folder, now);
    const keys = new SpecKeys(await FileKeyStore.open(folder));
    const persons = new Persons(keys, new MasterKeys([randomBytes(32)]));
    const app = await createApplication(
      {
        module: class SpecModule {},
        imports: [
          HttpModule,
          PartsModule.with(clock, persons),
          AuthModule.forRoot({ dataDir: folder, auth: undefined }),
          EventStoreModule.forRoot({ connectionString: node.connectionString }),
          CommandsModule,
        ],
      },
      { version: '0.0.0', logger: ['error'] },
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new SpecLedger(folder, node, app, clock, keys);
  }

  /** The event store goes away, as in an outage. */
  stopEventStore(): Promise<void> {
    return this.node.stop();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.node.stop();
    await rm(this.folder, { recursive: true });
  }

  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    asking: Asking = {},
  ): Promise<Reply> {
    const { as = admin, key, ifMatch } = asking;
    const response = await this.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${await this.#tokenOf(as)}`,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body && { payload: body }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: isJson ? response.json() : { text: response.body },
      headers: response.headers,
    };
  }

  post(url: string, body: object = {}, asking?: Asking): Promise<Reply> {
    return this.ask('POST', url, body, asking);
  }

  /** A plan at 10.00 USD a seat and month, and a license on it; returns the license's path. */
  async register(domain: string, terms: object = {}): Promise<string> {
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await this.ask('PUT', '/v1/plans/team', { name: 'Team', prices });
    const { status, body } = await this.post('/v1/licenses', { ...licenseOf(domain), ...terms });
    if (status !== 201) throw new Error(`${domain} was not registered: ${JSON.stringify(body)}`);
    return `/v1/licenses/${licenseIdOf(domain)}`;
  }

  async eventsOf(domain: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.app.get(EventStore).readStream(licenseStream(licenseIdOf(domain))))
      events.push(event);
    return events;
  }

  async #tokenOf(request: TokenRequest): Promise<string> {
    const name = JSON.stringify(request);
    const token = this.#tokens.get(name) ?? (await issueLocalToken(this.folder, request));
    this.#tokens.set(name, token);
    return token;
  }
}

export function licenseOf(domain: string): object {
  return {
    domain,
    billingEmail: `billing@${domain}`,
    planId: 'team',
    seats: 60,
    currency: 'USD',
    interval: 'month',
  };
}
