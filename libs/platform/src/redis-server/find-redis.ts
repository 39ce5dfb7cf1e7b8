import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Logger } from 'pino';

const howToInstall =
  'Redis runs the ledger’s jobs. Install redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew ' +
  'install redis), or set REDIS_URL to a Redis that runs elsewhere.';

/** There is no Redis here, and none can be installed; the message says what to do. */
export class RedisMissing extends Error {
  override readonly name = 'RedisMissing';
}

/** The redis-server of this machine. Where there is none, root on Debian gets one installed. @throws RedisMissing */
export async function findRedis(logger: Logger): Promise<string> {
  const found = findOnPath('redis-server');
  if (found !== undefined) return found;
  const aptGet = findOnPath('apt-get');
  if (aptGet === undefined || process.getuid?.() !== 0) {
    throw new RedisMissing(`There is no redis-server on the PATH. ${howToInstall}`);
  }
  logger.info('There is no redis-server on the PATH: installing it with apt-get …');
  await install(aptGet);
  const installed = findOnPath('redis-server');
  if (installed === undefined) throw new RedisMissing(`apt-get brought no redis-server. ${howToInstall}`);
  return installed;
}

async function install(aptGet: string): Promise<void> {
  // Runlevel 1: the package's own service stays off, for the ledger starts a Redis of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    await promisify(execFile)(aptGet, ['update', '-q'], { env });
    await promisify(execFile)(aptGet, ['install', '-q', '-y', '--no-install-recommends', 'redis-server'], { env });
  } catch (error) {
    throw new RedisMissing(`apt-get could not install redis-server (${(error as Error).message}). ${howToInstall}`);
  }
}

function findOnPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
