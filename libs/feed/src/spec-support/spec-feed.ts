import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthModule, issueLocalToken, type Role } from '#auth';
import type { EventPage } from '#contracts';
import { EventStore } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { createApplication, HttpModule } from '#http';
import { licenseIdOf, licenseStream } from '#license';
import { LedgerPlayer, SseReader } from '#testing';
import { FeedModule } from '../feed.module.js';
import { everyEvent } from './every-event.js';

@Global()
@Module({})
class StoreModule {
  static with(store: EventStore): DynamicModule {
    const provider = { provide: EventStore, useValue: store };
    return { module: StoreModule, providers: [provider], exports: [EventStore] };
  }
}

/** The feed over HTTP on a real event store, and somebody who makes the events. */
export class SpecFeed {
  readonly player: LedgerPlayer;
  readonly #readers: SseReader[] = [];

  private constructor(
    readonly folder: string,
    private node: EventStoreNode,
    readonly store: EventStore,
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {
    this.player = new LedgerPlayer(store);
  }

  static async start(): Promise<SpecFeed> {
    const folder = await mkdtemp(join(tmpdir(), 'seat-ledger-feed-'));
    const node = await startEventStoreNode({ dataFolder: join(folder, 'events') });
    const store = new EventStore(node.connectionString, { patienceMs: 100, readTimeoutMs: 1_000 });
    const auth = AuthModule.forRoot({ dataDir: folder, auth: undefined });
    const app = await createApplication(
      { module: class SpecModule {}, imports: [StoreModule.with(store), HttpModule, auth, FeedModule] },
      { version: '0.0.0', logger: false },
    );
    await app.listen(0, '127.0.0.1');
    return new SpecFeed(folder, node, store, app, await app.getUrl());
  }

  async stop(): Promise<void> {
    for (const reader of this.#readers) reader.leave();
    await this.app.close();
    await this.store.close();
    await this.node.stop();
    await rm(this.folder, { recursive: true });
  }

  /** The event store is away while `work` is done. */
  async without(work: () => Promise<void>): Promise<void> {
    await this.node.stop();
    await work();
    this.node = await startEventStoreNode({ dataFolder: join(this.folder, 'events'), port: this.node.port });
  }

  async open(query = '', headers: Readonly<Record<string, string>> = {}, role: Role = 'service'): Promise<SseReader> {
    const authorization = await this.#authorization(role);
    const reader = await SseReader.open(`${this.url}/v1/events${query}`, { authorization, ...headers });
    this.#readers.push(reader);
    return reader;
  }

  async get(path: string, role: Role = 'service', headers: Readonly<Record<string, string>> = {}) {
    const authorization = await this.#authorization(role);
    const response = await fetch(this.url + path, { headers: { authorization, ...headers } });
    return { status: response.status, body: (await response.json()) as EventPage & Record<string, unknown> };
  }

  /** Every page of history after a place. */
  async history(query = ''): Promise<EventPage['items'][number][]> {
    const items: EventPage['items'][number][] = [];
    let cursor = '';
    for (;;) {
      const { status, body } = await this.get(`/v1/events/history?limit=37${query}${cursor}`);
      if (status !== 200) throw new Error(JSON.stringify(body));
      items.push(...body.items);
      if (body.nextCursor === null) return items;
      cursor = `&cursor=${body.nextCursor}`;
    }
  }

  /** Appends to a license's stream what no decider decided. */
  async append(domain: string, type: string, count = 1): Promise<void> {
    const stream = licenseStream(licenseIdOf(domain));
    const last = await this.store.lastEvent(stream);
    const json = JSON.stringify(type === 'StaffCountReported' ? everyEvent.StaffCountReported : {});
    const events = Array.from({ length: count }, () => ({ id: randomUUID(), type, json, metadataJson: '{}' }));
    await this.store.append({ stream, expectedRevision: last?.revision ?? -1n, events });
  }

  async #authorization(role: Role): Promise<string> {
    const who = role === 'customer' ? { role, email: 'a@b.example' } : { role };
    return `Bearer ${await issueLocalToken(this.folder, role === 'helpdesk' ? { role, domain: 'b.example' } : who)}`;
  }
}
