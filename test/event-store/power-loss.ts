import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4_096;
/** Where things stand in a page, and in a meta page behind its header. */
const NUMBER_AT = 0;
const COMMIT_AT = 8;
const META = { lastPageAt: 144, commitAt: 152 } as const;

/**
 * Does to the files of a killed node what power loss might have done on top: what was written and not yet flushed is torn.
 * That is the pages of the commit that was under way, the file behind the last commit, and the meta page that the next
 * commit was about to overwrite. Nothing else is touched: no acknowledged page is ever written a second time.
 * @returns which of them were torn
 */
export function losePower(dataFolder: string, nextRandom: () => number): readonly string[] {
  const file = join(dataFolder, 'log', 'data.mdb');
  const bytes = readFileSync(file);
  const [even, odd] = [commitOf(bytes, 0), commitOf(bytes, 1)];
  const [newest, other] = even > odd ? [0, 1] : [1, 0];
  const commit = even > odd ? even : odd;
  const torn: string[] = [];

  for (let page = 2; page < Math.floor(bytes.length / PAGE); page += 1) {
    if (!isOfCommit(bytes, page, commit + 1n) || nextRandom() < 0.3) continue;
    tear(bytes.subarray(page * PAGE, (page + 1) * PAGE), nextRandom);
    torn.push(`page ${page} of the unfinished commit`);
  }
  if (nextRandom() < 0.7) {
    tear(bytes.subarray(other * PAGE, (other + 1) * PAGE), nextRandom);
    torn.push(`meta page ${other}`);
  }
  const end = (Number(bytes.readBigUInt64LE(newest * PAGE + META.lastPageAt)) + 1) * PAGE;
  const behind = bytes.subarray(Math.min(end, bytes.length));
  if (behind.length > 0) torn.push(`${behind.length} bytes behind the end`);
  const rest = Buffer.from(behind.subarray(0, Math.floor(nextRandom() * behind.length)));
  const garbage = Buffer.alloc(Math.floor(nextRandom() * 3 * PAGE), Math.floor(nextRandom() * 256));
  writeFileSync(file, Buffer.concat([bytes.subarray(0, end), rest, garbage]));
  return torn;
}

const commitOf = (bytes: Buffer, metaPage: number): bigint => bytes.readBigUInt64LE(metaPage * PAGE + META.commitAt);

function isOfCommit(bytes: Buffer, page: number, commit: bigint): boolean {
  const at = page * PAGE;
  return bytes.readBigUInt64LE(at + NUMBER_AT) === BigInt(page) && bytes.readBigUInt64LE(at + COMMIT_AT) === commit;
}

/** Leaves the page without its beginning, without its end, wrong in the middle, or not at all. */
function tear(page: Buffer, nextRandom: () => number): void {
  const at = Math.floor(nextRandom() * page.length);
  switch (Math.floor(nextRandom() * 4)) {
    case 0:
      return void page.fill(0, 0, at);
    case 1:
      return void page.fill(0, at);
    case 2:
      return void page.forEach((byte, index) => (page[index] = byte ^ Math.floor(nextRandom() * 256)));
    default:
      return void page.fill(0);
  }
}
