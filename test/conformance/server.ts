import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type Credentials, type JSONEventData } from '@eventstore/db-client';
import { startEventStoreNode } from '#event-store-node';

/**
 * What EventStoreDB promises to its clients, asked through the official one. The specs of this folder run against the
 * embedded node, or against any server by CONFORMANCE_CONNECTION_STRING.
 */
const GIVEN = process.env.CONFORMANCE_CONNECTION_STRING;

/** Who may do everything there: the user whom the connection string names, or the embedded node's own. */
const [, username = 'admin', password = 'changeit'] = /\/\/([^:@/]+):([^@/]+)@/.exec(GIVEN ?? '') ?? [];
const ADMIN: Credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) };

/** An append goes by the batch call, or with credentials, which the client sends by the call without a batch. */
export const WAYS_TO_APPEND = [
  ['in a batch', {}],
  ['by itself', { credentials: ADMIN }],
] as const;

export interface TestServer {
  readonly client: () => EventStoreDBClient;
  /** A name that no other run has used. */
  readonly name: (label: string) => string;
  readonly connectionString: () => string;
}

/** Starts a server for the specs of a file. */
export function useServer(): TestServer {
  let client: EventStoreDBClient | undefined;
  let connectionString = GIVEN ?? '';
  let stop: () => Promise<void> = () => Promise.resolve();
  let names = 0;
  const run = `${Date.now().toString(36)}${process.pid.toString(36)}`;

  beforeAll(async () => {
    if (GIVEN) {
      client = EventStoreDBClient.connectionString(GIVEN);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'event-store-conformance-'));
    const node = await startEventStoreNode({ dataFolder: folder });
    connectionString = node.connectionString;
    client = EventStoreDBClient.connectionString(connectionString);
    stop = async () => {
      await node.stop();
      rmSync(folder, { recursive: true });
    };
  });
  afterAll(async () => {
    await client?.dispose();
    await stop();
  });
  return {
    client: () => {
      if (!client) throw new Error('The server is started before the first test of the file.');
      return client;
    },
    name: (label) => `${label}${run}${(names += 1)}`,
    connectionString: () => connectionString,
  };
}

type Counted = JSONEventData & { readonly data: { readonly n: number } };

export const counted = (...numbers: number[]): Counted[] =>
  numbers.map((n) => jsonEvent({ type: 'Counted', data: { n } }) as Counted);

interface Readable {
  readonly event?: { readonly data: unknown } | undefined;
}

export const numberOf = ({ event }: Readable): number => (event?.data as { n: number }).n;

export async function numbersOf(reading: AsyncIterable<Readable>): Promise<number[]> {
  return (await collect(reading)).map(numberOf);
}

export async function collect<T>(reading: AsyncIterable<T>, max = Number.MAX_SAFE_INTEGER): Promise<T[]> {
  const collected: T[] = [];
  if (max === 0) return collected;
  for await (const one of reading) {
    collected.push(one);
    if (collected.length === max) break;
  }
  return collected;
}

/** Asks again until the answer is right; fails with the last answer when it does not become so. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > until) throw new Error(`Still ${JSON.stringify(answer, bigIntAsText)} after ten seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const bigIntAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
