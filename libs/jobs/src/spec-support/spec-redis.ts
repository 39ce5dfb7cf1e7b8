import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, findRedis, RedisServer } from '#platform';
import { RedisPlace } from '../queues/redis-place.js';

/** A real Redis with nothing in it. */
export class SpecRedis {
  private constructor(
    private readonly folder: string,
    private readonly server: RedisServer,
    readonly place: RedisPlace,
    private readonly connection: Redis,
  ) {}

  static async start(): Promise<SpecRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'jobs-spec-'));
    const program = await findRedis(createLogger({ logLevel: 'silent', production: false }));
    const server = await RedisServer.start(program, folder);
    const connection = new Redis(server.url, { retryStrategy: () => null });
    connection.on('error', () => undefined);
    return new SpecRedis(folder, server, new RedisPlace(server.url, 'spec'), connection);
  }

  /** Everything in it is gone, as after FLUSHALL in an accident. */
  async empty(): Promise<void> {
    await this.connection.flushall();
  }

  async stop(): Promise<void> {
    this.connection.disconnect();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
