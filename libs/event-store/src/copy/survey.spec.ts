import { originKey } from '../origin.js';
import type { StoredRecord } from './stored-record.js';
import { kindOf } from './copied-log.js';
import { Survey } from './survey.js';

const record = (stream: string, revision: number, more: Partial<StoredRecord> = {}): StoredRecord => ({
  id: '94c10d13-0fa2-4bd8-8e2d-6a1b3c4d5e6f',
  stream,
  revision: BigInt(revision),
  position: { commit: 1n, prepare: 1n },
  type: 'Kept',
  isJson: true,
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
  createdTicks: 0n,
  ...more,
});

function surveyOf(records: readonly StoredRecord[]): Survey {
  const survey = new Survey();
  for (const each of records) survey.take(kindOf(each.stream), each);
  return survey;
}

describe('Survey', () => {
  it('tells events, metadata of streams, and what belongs to the server', () => {
    const kinds = ['orders-1', 'a$b', '$$orders-1', '$settings', '$ce-orders', '$$$settings', '$$', '$'].map(kindOf);
    expect(kinds).toEqual(['events', 'events', 'metadata', ...Array<string>(5).fill('system')]);
  });

  it('names streams that have lost events: they cannot be given the same revisions again', () => {
    const survey = surveyOf([
      ...[0, 1, 2].map((revision) => record('whole', revision)),
      ...[5, 6, 9].map((revision) => record('truncated', revision)),
      ...[0, 2].map((revision) => record('holed', revision)),
      record('ended', 0),
      // A server gives a tombstone the last revision that there is.
      record('ended', Number.MAX_SAFE_INTEGER, { type: '$streamDeleted' }),
      record('scavenged', Number.MAX_SAFE_INTEGER, { type: '$streamDeleted' }),
    ]);
    expect(Object.fromEntries(survey.gaps)).toEqual({ truncated: 0, holed: 1 });
    expect(survey.tombstones).toEqual(new Set(['ended', 'scavenged']));
    expect(survey.revisions.get('ended')).toBe(0);
  });

  it('keeps the newest metadata of each stream, whatever was before', () => {
    const survey = surveyOf([3, 7].map((n) => record('$$orders', n, { data: Buffer.from(`{"$maxCount":${n}}`) })));
    expect(survey.metadata.get('orders')?.data.toString()).toBe('{"$maxCount":7}');
    expect(survey.eventCount).toBe(0);
  });

  it('counts the streams of the server by their families', () => {
    const survey = surveyOf(['$ce-a', '$ce-b', '$settings'].map((stream) => record(stream, 0)));
    expect(Object.fromEntries(survey.systemEvents)).toEqual({ '$ce-…': 2, $settings: 1 });
  });

  it('counts events whose time cannot travel', () => {
    const texts = ['', '{}', `{"${originKey}":{"recordedAt":"2026-01-01T00:00:00Z"}}`, 'text', `{"${originKey}":1}`];
    const survey = surveyOf(texts.map((text, n) => record(`s-${n}`, 0, { metadata: Buffer.from(text) })));
    expect(survey.withoutOriginCount).toBe(2);
    expect([...survey.withoutOrigin]).toEqual(['s-3', 's-4']);
  });
});
