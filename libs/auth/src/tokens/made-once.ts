import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The text of a secret file, or undefined when there is none. */
export async function readSecretFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * The text of a secret file that is made on first use and readable by its owner alone. Processes that come for it at
 * once all get the same: whoever links it first has made it.
 */
export async function madeOnce(file: string, make: () => Promise<string>): Promise<string> {
  return (await readSecretFile(file)) ?? (await create(file, await make()));
}

async function create(file: string, text: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  const winner = await readSecretFile(file);
  if (winner === undefined) throw new Error(`The secret file ${file} vanished while it was being made. Try again.`);
  return winner;
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
