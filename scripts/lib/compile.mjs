import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runNode, seconds, StepError } from './run.mjs';

const stamp = join(root, 'dist', '.built-from');
/** What `npm run package` makes is no source. */
const packageOutput = join(root, 'libs/contracts/dist');
const settings = ['nest-cli.json', 'package-lock.json', 'package.json', 'tsconfig.base.json', 'tsconfig.build.json'];

/** Whether `dist` was built from exactly the sources that are here now. */
export function isBuilt() {
  try {
    return readFileSync(stamp, 'utf8') === hashOfSources();
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

export async function build() {
  console.error('Building …');
  const hash = hashOfSources();
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const { code, output, durationMs } = await runNode([nest, 'build', 'ledger', '--path', 'tsconfig.build.json'], {
    output: 'collected',
  });
  if (code !== 0) throw new StepError(`The build failed:\n${output}`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, hash);
  console.error(`Built in ${seconds(durationMs)}.`);
}

function hashOfSources() {
  const hash = createHash('sha256');
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => !file.startsWith(packageOutput)),
  );
  for (const file of [...files.sort(), ...settings.map((name) => join(root, name))]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}
