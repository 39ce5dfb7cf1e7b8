import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, the same from the sources and from the build. */
export function packageRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('No package.json above the running program; start it from its own folder.');
  return packageRoot(parent);
}

/** Absolute path of a compiled entry file, given by its path inside `dist`. */
export function builtFile(path: string): string {
  const file = join(packageRoot(), 'dist', path);
  if (!existsSync(file)) throw new Error(`${file} does not exist. Run: npm run build`);
  return file;
}
