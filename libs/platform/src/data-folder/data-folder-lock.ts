import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile, newClaim, readClaim, releaseFile, type Claim } from './claim.js';
import { writeFileAtomically } from './write-file-atomically.js';

const lockName = 'lock';
/** Beside the lock, so that whoever takes the folder over sweeps it away. */
const addressesName = 'lock.addresses';
const markerName = 'seat-ledger.json';

/** Whose folder it is, as its marker file says, and what to tell somebody who cannot have it. */
export interface DataFolderOwner {
  readonly belongsTo: string;
  readonly title: string;
  /** Of the files in the folder; a newer one is refused. */
  readonly layout: number;
  /** How to choose another folder. */
  readonly setting: string;
}

const LEDGER: DataFolderOwner = {
  belongsTo: 'seat-ledger',
  title: 'Seat Ledger',
  layout: 1,
  setting: 'LEDGER_DATA_DIR (and PORT)',
};

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
  static acquire(folder: string, owner = LEDGER): DataFolderLock {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseForeign(folder, owner);
    const claim = newClaim();
    const holder = claimFile(join(folder, lockName), claim);
    if (holder.token !== claim.token) {
      throw new DataFolderError(
        'folder-in-use',
        `The data folder ${folder} is in use by process ${holder.pid}. ` +
          `Stop that process, or set ${owner.setting} to run a second one beside it.`,
      );
    }
    removeLeftovers(folder);
    const { belongsTo, layout } = owner;
    writeFileAtomically(join(folder, markerName), `${JSON.stringify({ belongsTo, layout })}\n`);
    return new DataFolderLock(folder, claim);
  }

  /** Whether the folder has ever been used by its owner. */
  static isUsed(folder: string): boolean {
    return existsSync(join(folder, markerName));
  }

  /** Tells other programs that may enter the folder where the servers are that the owner runs, until it releases. */
  publish(addresses: Addresses): void {
    const { token } = this.claim;
    writeFileAtomically(join(this.folder, addressesName), JSON.stringify({ token, addresses }));
  }

  /** What the present owner of the folder has published; undefined when it has not, or there is none. */
  static published(folder: string): Addresses | undefined {
    try {
      const { token, addresses } = JSON.parse(readFileSync(join(folder, addressesName), 'utf8')) as Published;
      return readClaim(join(folder, lockName))?.token === token ? addresses : undefined;
    } catch {
      return undefined; // it is being written, or there is none
    }
  }

  release(): void {
    rmSync(join(this.folder, addressesName), { force: true });
    releaseFile(join(this.folder, lockName), this.claim);
  }
}

/** Connection strings by the names of their servers. */
export type Addresses = Readonly<Record<string, string>>;

interface Published {
  readonly token: string;
  readonly addresses: Addresses;
}

function refuseForeign(folder: string, owner: DataFolderOwner): void {
  const foreign = new DataFolderError(
    'foreign-folder',
    `${folder} is not empty and does not belong to ${owner.title}. Set ${owner.setting} to an empty or new folder.`,
  );
  const ours = (name: string): boolean => isPartOfLock(name) || name.startsWith(`${markerName}.`);
  const entries = readdirSync(folder).filter((name) => !ours(name) && name !== 'lost+found'); // of a mounted disk
  if (entries.length === 0) return;
  if (!entries.includes(markerName)) throw foreign;
  const marker = readMarker(join(folder, markerName));
  if (marker?.belongsTo !== owner.belongsTo) throw foreign;
  if (marker.layout > owner.layout) {
    throw new DataFolderError(
      'newer-layout',
      `${folder} was written by a newer version of ${owner.title} (layout ${marker.layout}, this one knows ${owner.layout}). ` +
        `Start that version, or set ${owner.setting} to another folder.`,
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
