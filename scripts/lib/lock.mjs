import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './root.mjs';

const folder = join(root, '.cache');
const lock = join(folder, 'set-up.lock');

/** Lets one process at a time set this checkout up; one that was killed does not keep the others waiting. */
export async function withLock(work) {
  mkdirSync(folder, { recursive: true });
  let told = false;
  while (!claim()) {
    const owner = readOwner();
    if (owner === undefined) continue;
    if (!isAlive(Number(owner))) {
      discard(owner);
      continue;
    }
    if (!told) console.error(`Waiting for process ${owner}, which is setting this checkout up (${lock}) …`);
    told = true;
    await wait(200);
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** A hard link appears with its content or not at all. */
function claim() {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moved away before it is looked at again: of several that discard, one gets it, and a living owner's goes back. */
function discard(deadOwner) {
  const removed = `${lock}.${process.pid}.removed`;
  try {
    renameSync(lock, removed);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(removed, 'utf8') === deadOwner) rmSync(removed);
  else renameSync(removed, lock);
}

function readOwner() {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false; // a crash of the machine left the file empty
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
