import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile, newClaim, releaseFile, type Claim } from './claim.js';
import { writeFileAtomically } from './write-file-atomically.js';

const lockName = 'lock';
const markerName = 'seat-ledger.json';
const layout = 1;

/** A data folder that this process may not use; the message says what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
  constructor(
    readonly code: 'folder-in-use' | 'foreign-folder' | 'newer-layout',
    message: string,
  ) {
    super(message);
  }
}

/**
 * The ownership of a data folder by one living process. What a killed process leaves behind is taken over at once.
 * For a local disk: processes of another machine or container are not seen.
 */
export class DataFolderLock {
  private constructor(
    readonly folder: string,
    private readonly claim: Claim,
  ) {}

  /** Creates the folder when it is missing. Throws DataFolderError. */
  static acquire(folder: string): DataFolderLock {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseForeign(folder);
    const claim = newClaim();
    const holder = claimFile(join(folder, lockName), claim);
    if (holder.token !== claim.token) {
      throw new DataFolderError(
        'folder-in-use',
        `The data folder ${folder} is in use by process ${holder.pid}. ` +
          `Stop that process, or set LEDGER_DATA_DIR (and PORT) to run a second ledger beside it.`,
      );
    }
    removeLeftovers(folder);
    writeFileAtomically(join(folder, markerName), `${JSON.stringify({ belongsTo: 'seat-ledger', layout })}\n`);
    return new DataFolderLock(folder, claim);
  }

  release(): void {
    releaseFile(join(this.folder, lockName), this.claim);
  }
}

function refuseForeign(folder: string): void {
  const foreign = new DataFolderError(
    'foreign-folder',
    `${folder} is not empty and does not belong to Seat Ledger. Set LEDGER_DATA_DIR to an empty or new folder.`,
  );
  const ours = (name: string): boolean => isPartOfLock(name) || name.startsWith(`${markerName}.`);
  const entries = readdirSync(folder).filter((name) => !ours(name) && name !== 'lost+found'); // of a mounted disk
  if (entries.length === 0) return;
  if (!entries.includes(markerName)) throw foreign;
  const marker = readMarker(join(folder, markerName));
  if (marker?.belongsTo !== 'seat-ledger') throw foreign;
  if (marker.layout > layout) {
    throw new DataFolderError(
      'newer-layout',
      `${folder} was written by a newer version of Seat Ledger (layout ${marker.layout}, this one knows ${layout}). ` +
        `Start that version, or set LEDGER_DATA_DIR to another folder.`,
    );
  }
}

function readMarker(file: string): { belongsTo: string; layout: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { belongsTo: string; layout: number };
  } catch {
    return undefined;
  }
}

/** Files of starters that were killed in the middle of claiming; none of them matters once the lock is ours. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (isPartOfLock(name) && name !== lockName) rmSync(join(folder, name), { force: true });
  }
}

function isPartOfLock(name: string): boolean {
  return name === lockName || name.startsWith(`${lockName}.`);
}
