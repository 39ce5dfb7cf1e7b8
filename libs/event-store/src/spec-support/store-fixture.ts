import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EventStore, type EventStoreOptions } from '../event-store.js';
import type { RecordedEvent } from '../recorded-event.js';
import { TcpProxy } from './tcp-proxy.js';

/** A real node on a folder of its own, and everything that a spec opened on it. */
export class StoreFixture {
  readonly #opened: { close(): Promise<unknown> }[] = [];

  private constructor(
    private readonly dataFolder: string,
    private node: EventStoreNode,
  ) {}

  static async start(): Promise<StoreFixture> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'event-store-spec-'));
    return new StoreFixture(dataFolder, await startEventStoreNode({ dataFolder, port: 0 }));
  }

  get connectionString(): string {
    return this.node.connectionString;
  }

  /** A client of its own: what another process would have. */
  connect(options: EventStoreOptions = {}, connectionString = this.connectionString): EventStore {
    const store = new EventStore(connectionString, options);
    this.#opened.push(store);
    return store;
  }

  async proxy(): Promise<TcpProxy> {
    const proxy = await TcpProxy.to(this.node.port);
    this.#opened.push(proxy);
    return proxy;
  }

  /** Stops the node; whoever is connected loses the connection. */
  async stopNode(): Promise<void> {
    await this.node.stop();
  }

  /** Starts it again, on the same folder and the same port. */
  async startNode(): Promise<void> {
    this.node = await startEventStoreNode({ dataFolder: this.dataFolder, port: this.node.port });
  }

  async close(): Promise<void> {
    for (const each of this.#opened.reverse()) await each.close();
    await this.node.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}

export async function collect(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const collected: RecordedEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** Polls until the condition holds; fails when it does not within ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain until ${what}.`);
    await sleep(5);
  }
}
