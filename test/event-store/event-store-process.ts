import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { builtFile } from '#platform';

/** The built node as a process of its own, with a client. */
export class EventStoreProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly connectionString: string,
    readonly client: EventStoreDBClient,
    private readonly output: () => string,
  ) {}

  static async start(dataFolder: string, port = 0): Promise<EventStoreProcess> {
    const child = fork(builtFile('apps/event-store/src/main.js'), ['--data', dataFolder, '--port', String(port)], {
      stdio: 'pipe',
    });
    let said = '';
    child.stdout?.on('data', (text) => (said += String(text)));
    child.stderr?.on('data', (text) => (said += String(text)));
    const connectionString = await new Promise<string>((resolve, reject) => {
      child.once('message', (ready: { connectionString: string }) => resolve(ready.connectionString));
      child.once('exit', (code, signal) => reject(new Error(`The node ended with ${code ?? signal}:\n${said}`)));
    });
    return new EventStoreProcess(
      child,
      connectionString,
      EventStoreDBClient.connectionString(connectionString),
      () => said,
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get said(): string {
    return this.output();
  }

  /** Resolves when it is gone; the client's calls fail. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Stops it in order, as its parent does; resolves with its exit code. */
  async stop(): Promise<number | null> {
    await this.client.dispose();
    this.child.disconnect();
    await once(this.child, 'exit');
    return this.child.exitCode;
  }
}
