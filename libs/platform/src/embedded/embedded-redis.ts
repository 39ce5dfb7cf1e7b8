import { join } from 'node:path';
import { EmbeddedProcess } from '../process/embedded-process.js';
import { builtFile } from '../process/package-root.js';
import { findRedis } from '../redis-server/find-redis.js';
import type { EmbeddedServerOptions } from './embedded-event-store.js';

/**
 * A redis-server in a child process, found on this machine or installed. It begins empty: whoever was killed may have
 * had jobs in hand, which others would wait for; so all of them are looked for anew.
 */
export class EmbeddedRedis {
  private constructor(
    private readonly process: EmbeddedProcess<{ url: string }>,
    readonly url: string,
  ) {}

  /** @throws RedisMissing, which says what to do */
  static async start(options: EmbeddedServerOptions): Promise<EmbeddedRedis> {
    const program = await findRedis(options.logger);
    const { process, ready } = await EmbeddedProcess.start<{ url: string }>({
      ...options,
      name: 'Redis',
      entry: builtFile('libs/platform/src/redis-server/redis-server.main.js'),
      args: [program, join(options.dataDir, 'redis')],
    });
    return new EmbeddedRedis(process, ready.url);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
