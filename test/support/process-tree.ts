import { execFileSync } from 'node:child_process';

export function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return []; // pgrep answers 1 when there are none
  }
}

/** Stops a process and all its children where they stand, as a machine that hangs. Connections stay open. */
export function hang(pid: number): void {
  signal(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) hang(child);
}

/** Lets them go on as if nothing had been. */
export function goOn(pid: number): void {
  for (const child of childrenOf(pid)) goOn(child);
  signal(pid, 'SIGCONT');
}

/** A child may have ended since it was listed. */
function signal(pid: number, name: NodeJS.Signals): void {
  if (pid <= 1) throw new Error(`${pid} is not a server of a test`);
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
