import type { CopyOutcome, Difference } from '#event-store';
import { isComplete, reportOf } from './copy-report.js';

const names = { source: 'esdb://here:2113', target: 'esdb://there:2113' };

const survey: CopyOutcome['survey'] = {
  eventCount: 1_234,
  revisions: new Map([['orders-1', 1_233]]),
  tombstones: new Set(),
  metadata: new Map(),
  gaps: new Map(),
  systemEvents: new Map(),
  leftOutCount: 0,
  withoutOriginCount: 0,
  withoutOrigin: new Set(),
};

const compared = { survey, presentCount: 234, otherEventCount: 0, otherStreams: [] };
const side = { eventCount: 1_234, digest: 'abc' };
const check = { source: side, target: side, differences: { named: [], count: 0 } };
const copied = { kind: 'copied', ...compared, copiedCount: 1_000, copyingMs: 500, check, newerCount: 0 } as const;
const report = (outcome: CopyOutcome) => reportOf(outcome, names, []).join('\n');

describe('the report of a copy', () => {
  it('says what was done, how fast, and that the check found no difference', () => {
    expect(report(copied).split('\n')).toEqual([
      'Source esdb://here:2113: 1,234 events in 1 stream.',
      'Target esdb://there:2113: 234 events of them were there already.',
      'Copied 1,000 events in 0.5 s (2,000 a second).',
      'Check: 1,234 events in the source, digest abc',
      '       1,234 events in the target, digest abc',
      'Ids, types, data, metadata and revisions are the same, and so is how the streams are kept.',
    ]);
    expect(isComplete(copied)).toBe(true);
  });

  it('says that more came meanwhile', () => {
    expect(report({ ...copied, newerCount: 1 })).toContain(
      '1 event came to the source meanwhile. Run the command again',
    );
  });

  it('names the differences that the check found, and the copy is not complete', () => {
    const kinds = ['another-event', 'other-content', 'only-in-source', 'only-in-target'] as const;
    const named = kinds.map((kind, n): Difference => ({ stream: 'orders-1', revision: BigInt(n), kind }));
    const differing = { ...copied, check: { ...check, differences: { named, count: 1_000 } } };
    const text = report(differing);
    expect(text).toContain('The target is no copy: 1,000 differences.');
    expect(text).toContain('  orders-1 at revision 2: missing in the target');
    expect(text).toContain('  … and 996 more');
    expect(isComplete(differing)).toBe(false);
  });

  it('names streams that have lost events, and how to go on without them', () => {
    const gaps = new Map(Array.from({ length: 22 }, (_, n) => [`scratch-${n}`, n] as const));
    const incomplete = { kind: 'source-incomplete', survey: { ...survey, gaps } } as const;
    const text = report(incomplete);
    expect(text).toContain('Nothing was written: 22 streams of the source have lost events');
    expect(text).toContain('  scratch-19: revision 19');
    expect(text).not.toContain('scratch-20');
    expect(text).toContain('  … and 2 more streams');
    expect(text).toContain('--leave-out');
    expect(isComplete(incomplete)).toBe(false);
  });

  it('tells of everything that stays behind', () => {
    const leftBehind = {
      ...survey,
      leftOutCount: 7,
      systemEvents: new Map([['$ce-…', 5]]),
      withoutOriginCount: 3,
      withoutOrigin: new Set(['odd-1']),
    };
    const groups = [
      { stream: 'orders-1', group: 'shipping', checkpoint: '41' },
      { stream: '$all', group: 'audit', checkpoint: null },
    ];
    const lines = reportOf(
      { ...copied, survey: leftBehind, otherEventCount: 9, otherStreams: ['theirs'] },
      names,
      groups,
    );
    expect(lines.slice(3, -3)).toEqual([
      'The target also has 9 events of other streams, for example theirs. They are left alone.',
      'Left out, as asked: 7 events.',
      'Not copied, because each server keeps its own: $ce-… (5).',
      '3 events did not take their time along, because their metadata is no JSON object, for example in odd-1.',
      'Persistent subscriptions to create on the target:',
      '  orders-1::shipping, dealt with up to 41',
      '  $all::audit, without a checkpoint',
    ]);
    expect(reportOf(copied, names, null).join('\n')).toContain('could not be listed');
  });
});
