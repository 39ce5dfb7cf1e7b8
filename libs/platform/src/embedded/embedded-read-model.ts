import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedProcess } from '../process/embedded-process.js';
import { builtFile } from '../process/package-root.js';
import type { EmbeddedServerOptions } from './embedded-event-store.js';

interface Ready {
  readonly connectionString: string;
  /** Folder of the unix socket, ours to remove when the child could not. */
  readonly socketFolder: string | null;
}

/** PGlite in a child process, with its files under `<dataDir>/read-model`; a `pg.Pool` connects as to PostgreSQL. */
export class EmbeddedReadModel {
  private constructor(
    private readonly process: EmbeddedProcess<Ready>,
    private readonly ready: Ready,
  ) {}

  static async start(options: EmbeddedServerOptions): Promise<EmbeddedReadModel> {
    const { process, ready } = await EmbeddedProcess.start<Ready>({
      ...options,
      name: 'read model',
      entry: builtFile('libs/platform/src/read-model-server/read-model-server.main.js'),
      args: [join(options.dataDir, 'read-model')],
    });
    return new EmbeddedReadModel(process, ready);
  }

  get connectionString(): string {
    return this.ready.connectionString;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    if (this.ready.socketFolder !== null) await rm(this.ready.socketFolder, { recursive: true, force: true });
  }
}
