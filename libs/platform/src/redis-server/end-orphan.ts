import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const graceMs = 5_000;
const pollMs = 20;

/**
 * Ends the server that an earlier run left behind because it was killed itself. By its pid, and only if that process
 * still works in our folder: the number may be another program's by now.
 */
export async function endOrphan(pidFile: string, folder: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === undefined) return;
  const deadlineMs = Date.now() + graceMs;
  for (let signal: NodeJS.Signals = 'SIGTERM'; worksIn(pid, folder); await wait(pollMs)) {
    if (Date.now() > deadlineMs) signal = 'SIGKILL';
    process.kill(pid, signal);
  }
  rmSync(pidFile, { force: true });
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** False where the system does not tell: a server left alone does no harm there but to take some memory. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}
