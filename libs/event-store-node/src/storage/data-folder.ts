import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = 'node.lock';
const MARKER = 'event-store.json';
const FORMAT = { belongsTo: 'seat-ledger event store', format: 1 } as const;

/** A data folder that this process may not use; the message says what to do. */
export class DataFolderUnusableError extends Error {
  override readonly name = 'DataFolderUnusableError';
}

/** The data folder of a node, held by one living process at a time. */
export class HeldDataFolder {
  private constructor(private readonly folder: string) {}

  /** @throws {DataFolderUnusableError} */
  static hold(folder: string): HeldDataFolder {
    mkdirSync(folder, { recursive: true });
    refuseForeign(folder);
    takeLock(folder);
    const draft = join(folder, `${MARKER}.draft`);
    writeFileSync(draft, `${JSON.stringify(FORMAT)}\n`);
    renameSync(draft, join(folder, MARKER));
    return new HeldDataFolder(folder);
  }

  get logFolder(): string {
    return join(this.folder, 'log');
  }

  release(): void {
    rmSync(join(this.folder, LOCK), { force: true });
  }
}

function refuseForeign(folder: string): void {
  const path = join(folder, MARKER);
  if (!existsSync(path)) {
    if (readdirSync(folder).every((name) => name === LOCK || name === `${MARKER}.draft`)) return;
    throw new DataFolderUnusableError(
      `${folder} is not empty and holds no event store. Give an empty or a new folder (--data).`,
    );
  }
  const { belongsTo, format } = JSON.parse(readFileSync(path, 'utf8')) as { belongsTo?: unknown; format?: unknown };
  if (belongsTo !== FORMAT.belongsTo || format !== FORMAT.format) {
    throw new DataFolderUnusableError(
      `${folder} was written in a format that this version does not know (${String(format)}). ` +
        `Start the version that wrote it, or give another folder (--data).`,
    );
  }
}

function takeLock(folder: string): void {
  const path = join(folder, LOCK);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(path, 'utf8'));
    if (isAlive(holder)) {
      throw new DataFolderUnusableError(
        `${folder} is in use by process ${holder}. Stop that process, or give another folder (--data).`,
      );
    }
    rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
