import { startEventStoreNode, type EventStoreNodeOptions } from '#event-store-node';
import { runAsChild } from '#platform';
import { HELP, readOptions } from './options.js';

/** A disk that fails leaves nothing to wait for: what was acknowledged is on it. */
function giveUp(error: unknown): never {
  console.error('The event store has to stop:', error);
  process.exit(1);
}

function tellOfTornCommit(): void {
  console.error('The machine went down within a commit. It is gone; nobody was told that it was written.');
}

async function start(options: EventStoreNodeOptions) {
  const watched = { ...options, onFailure: giveUp, onTornCommit: tellOfTornCommit };
  const { connectionString, host, port, stop } = await startEventStoreNode(watched);
  console.log(`Event store ready at ${connectionString}, its events in ${options.dataFolder}`);
  return { ready: { connectionString, host, port }, stop };
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options) await runAsChild(() => start(options));
  else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
