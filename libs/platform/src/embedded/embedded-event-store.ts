import { join } from 'node:path';
import { EmbeddedProcess, type EmbeddedProcessOptions } from '../process/embedded-process.js';
import { builtFile } from '../process/package-root.js';

export type EmbeddedServerOptions = Pick<EmbeddedProcessOptions, 'logger' | 'onUnexpectedExit' | 'readyTimeoutMs'> & {
  readonly dataDir: string;
};

/** Our own single node in a child process, with its files under `<dataDir>/event-store`. */
export class EmbeddedEventStore {
  private constructor(
    private readonly process: EmbeddedProcess<{ connectionString: string }>,
    readonly connectionString: string,
  ) {}

  static async start(options: EmbeddedServerOptions): Promise<EmbeddedEventStore> {
    const { process, ready } = await EmbeddedProcess.start<{ connectionString: string }>({
      ...options,
      name: 'event store',
      entry: builtFile('apps/event-store/src/main.js'),
      args: ['--data', join(options.dataDir, 'event-store'), '--port', '0'],
    });
    return new EmbeddedEventStore(process, ready.connectionString);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
