import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';
import { root } from './root.mjs';
import { seconds, StepError } from './run.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for, by the list that npm leaves there as the last thing of an
 * installation. Packages for other platforms may be missing.
 */
export function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '' || (optional && present[path] === undefined)) return true;
    return present[path]?.version === version;
  });
}

export async function install() {
  console.error('Installing the packages (npm ci); the first time takes a minute or two …');
  const { code, durationMs } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) {
    throw new StepError('npm ci failed, see above. Is the package registry reachable (npm ping)? Then try again.');
  }
  console.error(`Installed in ${seconds(durationMs)}.`);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
