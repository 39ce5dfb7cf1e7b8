import { packageRoot } from '#platform';
import { PGlite } from '@electric-sql/pglite';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An empty database to begin with, made once for each version of PGlite: 0.5 s to open instead of 2 to 5. */
export async function pgliteTemplate(): Promise<Blob> {
  const cache = join(packageRoot(), '.cache');
  const file = join(cache, `pglite-${pgliteVersion()}.tar`);
  if (!existsSync(file)) {
    const db = await PGlite.create('memory://');
    const dump = await db.dumpDataDir('none');
    await db.close();
    const draft = `${file}.${process.pid}`;
    mkdirSync(cache, { recursive: true });
    writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
    renameSync(draft, file);
  }
  // Not `openAsBlob`: another spec that made it at the same time replaces the file, and the blob can't be read any more.
  return new Blob([readFileSync(file)]);
}

function pgliteVersion(): string {
  const manifest = join(packageRoot(), 'node_modules/@electric-sql/pglite/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
