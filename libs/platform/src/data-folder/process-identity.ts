import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Tells one process from every other, also from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process began, in the system's own words; null where the system does not tell. */
  readonly startedAt: string | null;
  /** Changes with each boot of the machine; null where the system does not tell. */
  readonly bootId: string | null;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid), bootId: bootId() };
}

/** Whether the very process that is described still lives; in doubt, yes. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.bootId !== null && identity.bootId !== bootId()) return false;
  if (!pidExists(identity.pid)) return false;
  const startedAt = startOf(identity.pid);
  return identity.startedAt === null || startedAt === identity.startedAt;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it lives, but belongs to another user
  }
}

function bootId(): string | null {
  return process.platform === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : null;
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return startFromStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null; // it ended in between, or the system does not tell
  }
}

/** Field 22 of proc_pid_stat(5), counted from behind the command's name, which may hold spaces and brackets. */
function startFromStat(stat: string): string | null {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = state === 'Z' || state === 'X';
  return isDead ? null : (rest[18] ?? null);
}
