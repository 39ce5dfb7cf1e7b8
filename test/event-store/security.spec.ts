import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDeniedError, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { selfSigned } from '../support/self-signed.js';

const folder = mkdtempSync(join(tmpdir(), 'event-store-security-'));
const { certificate, key } = selfSigned('localhost');
const admin = { username: 'admin', password: 'not the default' };
const wrong = { username: 'AzureDiamond', password: 'hunter2' };
const event = () => jsonEvent({ type: 'Written', data: {} });
let node: EventStoreNode;

beforeAll(async () => {
  const tls = { certificate, key };
  node = await startEventStoreNode({
    dataFolder: folder,
    host: '0.0.0.0',
    advertisedHost: 'localhost',
    tls,
    adminPassword: admin.password,
  });
});
afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true });
});

function connect(credentials?: { username: string; password: string }): EventStoreDBClient {
  const endpoint = { address: 'localhost', port: node.port };
  return new EventStoreDBClient({ endpoint }, { rootCertificate: Buffer.from(certificate) }, credentials);
}

async function readAll(
  client: EventStoreDBClient,
  options: Parameters<EventStoreDBClient['readAll']>[0] = {},
): Promise<number> {
  let count = 0;
  for await (const _ of client.readAll(options)) count += 1;
  return count;
}

describe('a node with TLS and a password', () => {
  it('serves whoever has the credentials', async () => {
    const client = connect(admin);
    await client.appendToStream('stream', event());
    await client.appendToStream('stream', event(), { credentials: admin });
    expect(await readAll(client)).toBeGreaterThan(2);
  });

  it('denies everything to others', async () => {
    for (const client of [connect(wrong), connect()]) {
      await expect(client.appendToStream('stream', event())).rejects.toThrow(AccessDeniedError);
      await expect(readAll(client)).rejects.toThrow(AccessDeniedError);
      await expect(client.listAllPersistentSubscriptions()).rejects.toThrow(AccessDeniedError);
      await expect(client.deleteStream('stream')).rejects.toThrow(AccessDeniedError);
    }
    const client = connect(admin);
    await expect(client.appendToStream('stream', event(), { credentials: wrong })).rejects.toThrow(AccessDeniedError);
    await expect(readAll(client, { credentials: wrong })).rejects.toThrow(AccessDeniedError);
  });

  it('tells the consumers of a group by their user', async () => {
    const client = connect(admin);
    const settings = { startFrom: 'start', consumerStrategyName: 'RoundRobin' } as const;
    const { persistentSubscriptionToStreamSettingsFromDefaults: defaults } = await import('@eventstore/db-client');
    await client.createPersistentSubscriptionToStream('work', 'workers', defaults(settings));
    const subscription = client.subscribeToPersistentSubscriptionToStream('work', 'workers');
    await new Promise((resolve) => subscription.once('confirmation', resolve));
    const { connections } = await client.getPersistentSubscriptionToStreamInfo('work', 'workers');
    expect(connections.map(({ username }) => username)).toEqual(['admin']);
    await subscription.unsubscribe();
  });

  it('is found by clients that look for a cluster', async () => {
    const discover = { address: 'localhost', port: node.port };
    const client = new EventStoreDBClient({ discover }, { rootCertificate: Buffer.from(certificate) }, admin);
    expect(await readAll(client)).toBeGreaterThan(0);
    const endpoints = [discover, { address: 'localhost', port: 1 }];
    const other = new EventStoreDBClient({ endpoints }, { rootCertificate: Buffer.from(certificate) }, admin);
    expect(await readAll(other)).toBeGreaterThan(0);
  });

  it('says over HTTPS that it lives', async () => {
    const agent = new Agent({ ca: certificate });
    const status = await new Promise((resolve, reject) => {
      const asking = request({ host: 'localhost', port: node.port, path: '/health/live', agent }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asking.on('error', reject).end();
    });
    expect(status).toBe(204);
    agent.destroy();
  });
});
