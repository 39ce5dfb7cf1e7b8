import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * LMDB makes a commit count by writing one of two meta pages, in turns, when all the rest of it is on the disk; what the
 * other one names stays untouched meanwhile. It keeps no checksum of them: a meta page that power loss has left half
 * written is believed, and ends the process or hides the log.
 *
 * This puts a torn page right before LMDB looks, so that the newest whole commit counts. A commit whose meta page is torn
 * was not answered, because answers wait for that page. Nothing is done when both pages are whole, or neither.
 *
 * @returns whether a page was torn
 */
export function mendTornMeta(file: string): boolean {
  if (!existsSync(file)) return false;
  const descriptor = openSync(file, 'r+');
  try {
    const metas = readMetas(descriptor);
    const newest = metas.filter((meta) => isSound(descriptor, meta)).sort(newestFirst)[0];
    // An empty log is nothing to go back to: pages copied by LMDB's own tools name other commits than their meta page.
    if (!newest || newest.commit === 0n) return false;
    const isOtherHarmless = metas.length === SLOTS.length && metas.every(({ commit }) => commit <= newest.commit);
    if (!isOtherHarmless) overwriteOther(descriptor, newest);
    return !isOtherHarmless;
  } finally {
    closeSync(descriptor);
  }
}

const SLOTS = [0, 1] as const;
const PAGE_BYTES = [4_096, 8_192, 16_384, 32_768, 65_536] as const;

/** Where things stand in a page, its header first. LMDB writes in the byte order of the machine, little here. */
const PAGE = { number: 0, commit: 8, flags: 18, headerBytes: 24 } as const;
const META = {
  magic: 24,
  version: 28,
  pageBytes: 48,
  freeRoot: 88,
  mainRoot: 136,
  commit: 152,
  endBytes: 168,
} as const;
const META_FLAG = 8;
const MAGIC = 0xbeef_c0de;
const VERSION = 2;
const NO_ROOT = 0xffff_ffff_ffff_ffffn;

interface Meta {
  readonly slot: (typeof SLOTS)[number];
  readonly pageBytes: number;
  /** Ascending number of the commit, LMDB's transaction id; 0 before the first. */
  readonly commit: bigint;
  /** Page numbers of the trees that the commit left. */
  readonly roots: readonly bigint[];
}

const newestFirst = (a: Meta, b: Meta): number => Number(b.commit - a.commit);

/** The meta pages that look like ones. The first tells the size of a page; without it each size is tried. */
function readMetas(descriptor: number): Meta[] {
  for (const pageBytes of PAGE_BYTES) {
    const metas = SLOTS.map((slot) => readMeta(descriptor, slot, pageBytes)).filter((meta) => meta !== undefined);
    if (metas.length > 0) return metas;
  }
  return [];
}

function readMeta(descriptor: number, slot: Meta['slot'], pageBytes: number): Meta | undefined {
  const page = readAt(descriptor, slot * pageBytes, META.endBytes);
  if (!page || page.readBigUInt64LE(PAGE.number) !== BigInt(slot)) return undefined;
  if ((page.readUInt16LE(PAGE.flags) & META_FLAG) === 0) return undefined;
  if (page.readUInt32LE(META.magic) !== MAGIC || page.readUInt16LE(META.version) !== VERSION) return undefined;
  if (page.readUInt32LE(META.pageBytes) !== pageBytes) return undefined;
  const commit = page.readBigUInt64LE(META.commit);
  // Even commits are written to the first page, odd ones to the second.
  if (commit !== 0n && Number(commit & 1n) !== slot) return undefined;
  return { slot, pageBytes, commit, roots: [META.freeRoot, META.mainRoot].map((at) => page.readBigUInt64LE(at)) };
}

/** Whether the commit's trees are there: their roots stand where they should, and one at least is of this very commit. */
function isSound(descriptor: number, { pageBytes, commit, roots }: Meta): boolean {
  const known = roots.filter((root) => root !== NO_ROOT);
  if (known.length === 0) return commit === 0n;
  const pages = known.map((root) => readPage(descriptor, root, pageBytes));
  return (
    pages.every((page) => page !== undefined) && pages.some((page) => page?.readBigUInt64LE(PAGE.commit) === commit)
  );
}

function readPage(descriptor: number, number: bigint, pageBytes: number): Buffer | undefined {
  const offset = number * BigInt(pageBytes);
  if (offset > Number.MAX_SAFE_INTEGER) return undefined;
  const header = readAt(descriptor, Number(offset), PAGE.headerBytes);
  return header?.readBigUInt64LE(PAGE.number) === number ? header : undefined;
}

/** The other page becomes one of the commit before that names the same trees, as when LMDB itself rolls back. */
function overwriteOther(descriptor: number, { slot, pageBytes, commit }: Meta): void {
  const page = readAt(descriptor, slot * pageBytes, pageBytes);
  if (!page) throw new Error('The page was there a moment ago.');
  const other = 1 - slot;
  page.writeBigUInt64LE(BigInt(other), PAGE.number);
  page.writeBigUInt64LE(commit - 1n, META.commit);
  writeSync(descriptor, page, 0, pageBytes, other * pageBytes);
  fsyncSync(descriptor);
}

function readAt(descriptor: number, offset: number, length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(descriptor, bytes, 0, length, offset) === length ? bytes : undefined;
}
