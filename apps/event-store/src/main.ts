import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { HELP, readOptions, type Options } from './options.js';

/** Tells the parent, if there is one, that the node can be used. */
interface Ready {
  readonly type: 'ready';
  readonly host: string;
  readonly port: number;
  readonly connectionString: string;
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options) await run(options);
  else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(options: Options): Promise<void> {
  const node = await startEventStoreNode({ ...options, onFailure: giveUp });
  stopWith(node);
  const { connectionString, host, port } = node;
  console.log(`Event store ready at ${connectionString}, its events in ${options.dataFolder}`);
  process.send?.({ type: 'ready', host, port, connectionString } satisfies Ready);
}

/** Ends on a signal, and with the parent that forked this process, so that none is left behind. */
function stopWith(node: EventStoreNode): void {
  const stop = () => {
    node.stop().then(
      () => process.exit(0),
      (error: unknown) => giveUp(error),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  if (process.send) {
    process.on('disconnect', stop);
    if (!process.connected) stop();
  }
}

/** A disk that fails leaves nothing to wait for: what was acknowledged is on it. */
function giveUp(error: unknown): void {
  console.error('The event store has to stop:', error);
  process.exit(1);
}
