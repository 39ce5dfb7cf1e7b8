import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, findRedis, RedisServer } from '#platform';
import { OwnAllowances, windowMs } from './allowance-source.js';
import { RateLimit } from './rate-limit.js';
import { SharedAllowances } from './shared-allowances.js';

async function taken(limit: RateLimit, key: string, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, async () => limit.take(key)));
}
const refused = (waits: readonly number[]): number => waits.filter((waitMs) => waitMs > 0).length;

describe('RateLimit', () => {
  it('lets a caller make as many calls as it may, says how long to wait, and minds nobody else', async () => {
    const limit = new RateLimit(new OwnAllowances(3));
    const waits = await taken(limit, 'a', 5);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    for (const waitMs of waits.slice(3)) {
      expect(waitMs).toBeGreaterThan(windowMs - 5_000);
      expect(waitMs).toBeLessThanOrEqual(windowMs);
    }
    expect(await limit.take('b')).toBe(0);
  });

  it('begins anew when the window ends', async () => {
    let asked = 0;
    const limit = new RateLimit({
      grant: () => Promise.resolve({ points: 1, untilMs: asked++ ? 1e6 : 20, isLast: true }),
    });
    expect(refused(await taken(limit, 'a', 2))).toBe(1);
    let waitMs = await limit.take('a');
    while (waitMs > 0 && asked < 2) waitMs = await limit.take('a');
    expect([waitMs, asked]).toEqual([0, 2]);
  });

  it('asks once for calls that come together', async () => {
    let asked = 0;
    const limit = new RateLimit({
      grant: () => Promise.resolve({ points: 100, untilMs: 1e6, isLast: asked++ > 0 }),
    });
    expect(refused(await taken(limit, 'a', 100))).toBe(0);
    expect(asked).toBe(1);
  });
});

describe('SharedAllowances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rate-limit-'));
  let server: RedisServer;
  const clients: Redis[] = [];

  beforeAll(async () => {
    const program = await findRedis(createLogger({ logLevel: 'silent', production: false }));
    server = await RedisServer.start(program, folder);
  });
  afterAll(async () => {
    clients.forEach((client) => client.disconnect());
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function limitOf(count: number): Promise<RateLimit> {
    const client = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 200 });
    client.on('error', () => undefined);
    clients.push(client);
    await new Promise((ready) => client.once('ready', ready));
    return new RateLimit(new SharedAllowances(client, `rate-${count}`, count));
  }

  it('are one count for all processes', async () => {
    const [one, other] = [await limitOf(50), await limitOf(50)];
    const waits = (await Promise.all([taken(one, 'a', 40), taken(other, 'a', 40)])).flat();
    expect(refused(waits)).toBe(30);
    expect(Math.max(...waits)).toBeLessThanOrEqual(windowMs);
  });

  it('ask Redis once for many calls where many may be made', async () => {
    const limit = await limitOf(5_000);
    const client = clients.at(-1)!;
    expect(refused(await taken(limit, 'a', 500))).toBe(0);
    expect(await client.get('rate-5000:a')).toBe('500');
  });

  it('are the process’s own while Redis is away', async () => {
    const limit = await limitOf(7);
    clients.at(-1)!.disconnect();
    expect(refused(await taken(limit, 'a', 10))).toBe(3);
  });
});
