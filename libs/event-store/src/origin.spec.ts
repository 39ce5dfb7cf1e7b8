import { recordedAtOf, withOrigin, type Origin } from './origin.js';

const origin: Origin = {
  createdTicks: BigInt(Date.UTC(2026, 5, 11, 9, 30)) * 10_000n + 45_678n,
  position: { commit: 12n, prepare: 11n },
  revision: 4n,
};
const json = '"copiedFrom":{"recordedAt":"2026-06-11T09:30:00.0045678Z","position":"12/11","revision":4}';
const stamped = (metadata: string) => withOrigin(Buffer.from(metadata), origin)?.toString();

describe('The origin of a copied event', () => {
  it('joins its metadata, of which not a byte changes', () => {
    expect(stamped('{"n": 9007199254740993, "é":1.0}\n')).toBe(`{"n": 9007199254740993, "é":1.0,${json}}\n`);
    expect(stamped('{ }')).toBe(`{ ${json}}`);
    expect(stamped('')).toBe(`{${json}}`);
  });

  it('is left out where metadata is no JSON object, or uses the key for something else', () => {
    for (const metadata of ['null', '[1]', '"text"', '{"half":', '\u0000\u0001', '{"copiedFrom":"a friend"}']) {
      expect(stamped(metadata)).toBeUndefined();
    }
  });

  it('stays the first one when the event is copied again', () => {
    const once = stamped('{"a":1}')!;
    expect(withOrigin(Buffer.from(once), { ...origin, createdTicks: 0n })?.toString()).toBe(once);
  });

  it('says when the event was recorded, in whole milliseconds as the client does', () => {
    expect(recordedAtOf(JSON.parse(stamped('{}')!))).toEqual(new Date('2026-06-11T09:30:00.004Z'));
    for (const metadata of [
      undefined,
      null,
      'text',
      {},
      { copiedFrom: null },
      { copiedFrom: { recordedAt: 'then' } },
    ]) {
      expect(recordedAtOf(metadata)).toBeNull();
    }
  });

  it('writes milliseconds where they say it all', () => {
    const whole = withOrigin(Buffer.alloc(0), { ...origin, createdTicks: 10_000n })?.toString();
    expect(whole).toContain('"recordedAt":"1970-01-01T00:00:00.001Z"');
  });
});
