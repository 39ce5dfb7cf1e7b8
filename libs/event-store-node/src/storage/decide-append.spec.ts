import { decideAppend, type StreamHistory } from './decide-append.js';
import { TRUNCATE_EVERYTHING } from './retention.js';
import { newStream } from './stream-state.js';

function streamOf(ids: readonly string[], more: Partial<StreamHistory['state']> = {}): StreamHistory {
  return {
    state: { ...newStream(1), lastRevision: ids.length - 1, ...more },
    revisionOf: (id) => (ids.includes(id) ? ids.lastIndexOf(id) : undefined),
    eventIdAt: (revision) => ids[revision],
  };
}
const NO_STREAM: StreamHistory = { state: undefined, revisionOf: () => undefined, eventIdAt: () => undefined };
const AB = streamOf(['a', 'b']);
const events = (...ids: string[]) => ids.map((id) => ({ id }));
const softDeleted = { retention: { truncateBefore: TRUNCATE_EVERYTHING } };

describe('decide append', () => {
  it.each([
    ['no_stream', NO_STREAM, ['a'], 'write'],
    ['any', NO_STREAM, ['a'], 'write'],
    ['stream_exists', NO_STREAM, ['a'], 'wrong-expected-revision'],
    [0, NO_STREAM, ['a'], 'wrong-expected-revision'],
    [1, AB, ['c'], 'write'],
    [2, AB, ['c'], 'wrong-expected-revision'],
    [0, AB, ['c'], 'wrong-expected-revision'],
    ['no_stream', AB, ['c'], 'wrong-expected-revision'],
    ['any', AB, ['c'], 'write'],
    ['stream_exists', AB, ['c'], 'write'],
  ] as const)('expecting %s', (expected, history, ids, kind) => {
    expect(decideAppend(expected, events(...ids), history).kind).toBe(kind);
  });

  it.each([
    ['no_stream', ['a', 'b'], 1],
    ['no_stream', ['a'], 0],
    [0, ['b'], 1],
    ['any', ['a', 'b'], 1],
    ['any', ['a'], 0],
    ['stream_exists', ['b'], 1],
  ] as const)('takes a repetition expecting %s for what was written', (expected, ids, lastRevision) => {
    expect(decideAppend(expected, events(...ids), AB)).toEqual({ kind: 'repeat', lastRevision });
  });

  it.each([
    ['no_stream', ['a', 'x']],
    ['no_stream', ['a', 'b', 'c']],
    [0, ['b', 'c']],
    ['any', ['a', 'c']],
  ] as const)('refuses a repetition expecting %s that goes on with something new', (expected, ids) => {
    expect(decideAppend(expected, events(...ids), AB).kind).toBe('wrong-expected-revision');
  });

  it('writes a repeated id again where the expected revision is right', () => {
    expect(decideAppend(1, events('a'), AB).kind).toBe('write');
  });

  it('lets a stream that was deleted softly begin anew, and go on', () => {
    const deleted = streamOf(['a', 'b'], softDeleted);
    expect(decideAppend('no_stream', events('c'), deleted).kind).toBe('write');
    expect(decideAppend(1, events('c'), deleted).kind).toBe('write');
    expect(decideAppend('stream_exists', events('c'), deleted).kind).toBe('wrong-expected-revision');
  });

  it('refuses everything on a tombstoned stream', () => {
    const ended = streamOf(['a'], { tombstoned: true });
    for (const expected of ['any', 'no_stream', 'stream_exists', 0] as const) {
      expect(decideAppend(expected, events('a'), ended).kind).toBe('stream-deleted');
    }
  });
});
