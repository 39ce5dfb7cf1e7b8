import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '#platform';

/** The built event store node as a process of its own, on a free port and a data folder. */
export class EventStoreProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly connectionString: string,
  ) {}

  static async start(dataFolder: string): Promise<EventStoreProcess> {
    const child = fork(builtFile('apps/event-store/src/main.js'), ['--data', dataFolder, '--port', '0'], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ connectionString }] = (await once(child, 'message')) as [{ connectionString: string }];
    return new EventStoreProcess(child, connectionString);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}
