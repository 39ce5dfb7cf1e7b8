import { Comparison } from './comparison.js';
import type { Fingerprint } from './fingerprint.js';

/** `a0` is stream a at revision 0; `a0!` the same event with other content; `a0?` another event in its place. */
function log(text: string): Fingerprint[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word, index) => {
      const [stream = '', revision = '', change = ''] = word;
      const sha256 = Buffer.alloc(32, `${stream}${revision}${change}`);
      const position = { commit: BigInt(index), prepare: BigInt(index) };
      const id = `${stream}${revision}${change === '?' ? change : ''}`;
      return { place: `${stream}@${revision}`, stream, revision: BigInt(revision), position, id, sha256 };
    });
}

async function* reading(fingerprints: readonly Fingerprint[]): AsyncGenerator<Fingerprint, void, undefined> {
  yield* fingerprints;
}

async function compared(source: string, target: string, { limit = 100, toTheEnd = true } = {}) {
  const comparison = new Comparison(reading(log(source)), limit);
  let isWorthGoingOn = true;
  for (const copy of log(target)) {
    isWorthGoingOn = await comparison.take(copy);
    if (!isWorthGoingOn) break;
  }
  if (toTheEnd) await comparison.finish();
  const differences = comparison.differences.map(({ kind, stream, revision }) => `${kind} ${stream}${revision}`);
  return { comparison, differences, isWorthGoingOn };
}

describe('Comparison', () => {
  it('finds equal logs equal, also where streams stand in another order', async () => {
    for (const target of ['a0 b0 a1 c0', 'b0 c0 a0 a1']) {
      const { comparison, differences } = await compared('a0 b0 a1 c0', target);
      expect(differences).toEqual([]);
      expect(comparison.matchedCount).toBe(4);
      expect(String(comparison.targetDigest)).toBe(String(comparison.sourceDigest));
    }
  });

  it('names what differs', async () => {
    const { comparison, differences } = await compared('a0 b0 a1 c0', 'a0? b0! c0 d0');
    expect(differences).toEqual(['another-event a0', 'other-content b0', 'only-in-target d0', 'only-in-source a1']);
    expect(String(comparison.targetDigest)).not.toBe(String(comparison.sourceDigest));
    expect([comparison.sourceCount, comparison.targetCount, comparison.matchedCount]).toEqual([4, 4, 1]);
  });

  it('names the first ones and counts all', async () => {
    const source = Array.from('abcdefghijklmnopqrstuvwxyz', (stream) => `${stream}0`).join(' ');
    const { comparison } = await compared(source, '');
    expect(comparison.differences).toHaveLength(20);
    expect(comparison.differenceCount).toBe(26);
  });

  it.each([
    ['', 'start', 'a0 b0 a1 b1 a2'],
    ['a0 b0', 1n, 'a1 b1 a2'],
    ['a0 a1', 1n, 'b0 b1 a2'],
    ['a0 a1 b0', 2n, 'b1 a2'],
    ['a0 b0 a1 b1 a2', 4n, ''],
  ])('tells what a target with "%s" lacks, and where to go on', async (target, from, lacking) => {
    const source = 'a0 b0 a1 b1 a2';
    const { comparison } = await compared(source, target, { toTheEnd: false });
    const { resumeFrom } = comparison;
    expect(resumeFrom === 'start' ? resumeFrom : resumeFrom.commit).toBe(from);
    const rest = log(source).filter((event) => comparison.lacks(event));
    expect(rest.map(({ id }) => id).join(' ')).toBe(lacking);
    expect(rest.every(({ position }) => resumeFrom === 'start' || position.commit >= resumeFrom.commit)).toBe(true);
  });

  it('gives up on a log that is no copy, before it holds too much of the source', async () => {
    const source = Array.from({ length: 10 }, (_, revision) => `a${revision}`).join(' ');
    const { comparison, differences, isWorthGoingOn } = await compared(source, 'z0 a0', { limit: 3, toTheEnd: false });
    expect(isWorthGoingOn).toBe(false);
    expect(differences).toEqual(['only-in-target z0']);
    expect(comparison.sourceCount).toBe(4);
  });
});
