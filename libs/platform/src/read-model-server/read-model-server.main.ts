import { runAsChild } from '../process/run-as-child.js';
import { ReadModelServer } from './read-model-server.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: read-model-server.main.js <folder>');

await runAsChild(async () => {
  const server = await ReadModelServer.start({
    folder,
    onBroken: (error) => {
      process.stderr.write(
        `PGlite failed: ${String(error)}\n` +
          `If this happens at each start, delete ${folder}: it is built again from the events.\n`,
      );
      process.exit(1);
    },
  });
  const { connectionString, socketFolder } = server;
  return { ready: { connectionString, socketFolder }, stop: () => server.stop() };
});
