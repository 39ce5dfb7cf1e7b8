import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * The PostgreSQL that the tests use beside PGlite: the one that TEST_DATABASE_URL names, or a temporary one when it is
 * installed. It ends with this process, however this process ends.
 */
export async function startTestPostgres() {
  const named = process.env.TEST_DATABASE_URL;
  if (named) return { url: named, told: 'PostgreSQL (TEST_DATABASE_URL)', stop: async () => undefined };

  const child = fork(join(root, 'dist/libs/testing/src/databases/postgres.main.js'), [], { detached: true });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const message = await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    exited.then(() => ({ type: 'failed' })),
  ]);
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  switch (message.type) {
    case 'ready':
      return { url: message.connectionString, told: `PostgreSQL ${message.version}`, stop };
    case 'not-installed':
      return {
        told: 'no PostgreSQL: set TEST_DATABASE_URL or install it (on Debian: apt-get install postgresql)',
        stop,
      };
    default:
      return { told: 'no PostgreSQL: it is installed but did not start, see above', failed: true, stop };
  }
}
