import { runAsChild } from '../process/run-as-child.js';
import { RedisServer } from './redis-server.js';

/** Runs a redis-server that ends with its parent. Arguments: the program and its working folder. */
const [program, folder] = process.argv.slice(2);
if (program === undefined || folder === undefined) throw new Error('usage: redis-server.main.js <program> <folder>');

await runAsChild(async () => {
  const server = await RedisServer.start(program, folder);
  let stopping = false;
  server.onExit(() => {
    if (!stopping) process.exit(1);
  });
  const stop = (): Promise<void> => {
    stopping = true;
    return server.stop();
  };
  return { ready: { url: server.url }, stop };
});
