import { runCommand, runNode } from './run.mjs';

/** Runs npm, the very one that runs this script when there is one; see runCommand. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}
