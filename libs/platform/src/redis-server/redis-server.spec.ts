import { Redis } from 'ioredis';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../logging/create-logger.js';
import { endOrphan } from './end-orphan.js';
import { findRedis } from './find-redis.js';
import { RedisServer } from './redis-server.js';

describe('a Redis of our own', () => {
  const logger = createLogger({ logLevel: 'silent', production: false });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redis "server" '));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const connect = (url: string) => {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    return redis;
  };

  it('lets nobody in without the password, and refuses to forget anything', async () => {
    const server = await RedisServer.start(await findRedis(logger), folder);
    const redis = connect(server.url);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    const stranger = connect(server.url.replace(/:[^:@]*@/, ''));
    await expect(stranger.get('x')).rejects.toThrow('NOAUTH');
    stranger.disconnect();
    redis.disconnect();
    await server.stop();
  });

  it('takes the place of one that a killed run left behind, and begins empty', async () => {
    const program = await findRedis(logger);
    const left = await RedisServer.start(program, folder);
    const ended = new Promise<void>((resolve) => left.onExit(resolve));
    const before = connect(left.url);
    await before.set('job', 'in hand');
    const server = await RedisServer.start(program, folder);
    await ended;
    const redis = connect(server.url);
    expect(await redis.dbsize()).toBe(0);
    before.disconnect();
    redis.disconnect();
    await server.stop();
  });

  it('leaves a process alone that has its number but not its folder', async () => {
    const pidFile = join(folder, 'redis.pid');
    writeFileSync(pidFile, String(process.pid));
    await endOrphan(pidFile, realpathSync(folder));
    expect(process.kill(process.pid, 0)).toBe(true);
  });

  it('says what it said when it does not start', async () => {
    const program = join(folder, 'redis-server');
    writeFileSync(program, '#!/bin/sh\necho no luck today\nexit 3\n');
    chmodSync(program, 0o700);
    await expect(RedisServer.start(program, folder)).rejects.toThrow('no luck today\n(ended with 3)');
  });

  it('says what to install where there is none', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await expect(findRedis(logger)).rejects.toThrow('set REDIS_URL');
    } finally {
      process.env['PATH'] = path;
    }
  });
});
