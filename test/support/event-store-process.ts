import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '#platform';

/** The built event store node as a process of its own, on a free port and a data folder. */
export class EventStoreProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dataFolder: string,
    private readonly port: number,
    readonly connectionString: string,
  ) {}

  static async start(dataFolder: string, port = 0): Promise<EventStoreProcess> {
    const child = fork(builtFile('apps/event-store/src/main.js'), ['--data', dataFolder, '--port', String(port)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [ready] = (await once(child, 'message')) as [{ connectionString: string; port: number }];
    return new EventStoreProcess(child, dataFolder, ready.port, ready.connectionString);
  }

  /** It fails, and is started again on the same folder and the same port. */
  async killAndRestart(): Promise<EventStoreProcess> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
    return EventStoreProcess.start(this.dataFolder, this.port);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}
