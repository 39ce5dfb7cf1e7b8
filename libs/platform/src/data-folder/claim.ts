import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.js';

/** One attempt to own something: who, and a name that no other attempt has. */
export interface Claim extends ProcessIdentity {
  readonly token: string;
}

export function newClaim(): Claim {
  return { ...ownIdentity(), token: randomUUID() };
}

/**
 * Makes the file `path` ours and returns our claim, or returns the living process's claim that it already carries.
 *
 * A hard link creates the file with its content in one step or fails, so two starters never both succeed. A dead
 * owner's file may be replaced only by whoever owns its succession, which is the same question about another file, named
 * after the dead claim: the answer holds because nobody else can change a file that carries a dead claim.
 */
export function claimFile(path: string, claim: Claim): Claim {
  const draft = `${path}.${claim.token}.draft`;
  for (;;) {
    writeFileSync(draft, JSON.stringify(claim), { mode: 0o600 });
    try {
      if (createFrom(draft, path)) return claim;
      const holder = readClaim(path);
      if (holder === undefined) continue; // released just now
      if (isAlive(holder)) return holder;

      const succession = `${path}.${holder.token}.succession`;
      const successor = claimFile(succession, claim);
      if (successor.token !== claim.token) return successor;
      try {
        if (readClaim(path)?.token === holder.token) {
          writeFileSync(draft, JSON.stringify(claim), { mode: 0o600 });
          renameSync(draft, path);
          return claim;
        }
      } finally {
        rmSync(succession, { force: true });
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Gives the file up, if it is still ours. */
export function releaseFile(path: string, claim: Claim): void {
  if (readClaim(path)?.token === claim.token) rmSync(path, { force: true });
}

function createFrom(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false; // ENOENT: a new owner has swept our draft away
    throw error;
  }
}

export function readClaim(path: string): Claim | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Claim;
  } catch {
    // Claims appear whole, so only a crash of the machine leaves such a file: its process is gone.
    return { pid: 0, startedAt: null, bootId: 'unreadable', token: 'unreadable' };
  }
}
