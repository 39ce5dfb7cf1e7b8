import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeRecord, readHeader } from '../record/recorded-event.js';
import type { AppendOutcome, EventLog, ExpectedRevision, ProposedEvent } from './event-log.js';
import { LmdbEventLog } from './lmdb-event-log.js';

const event = (type = 'Written', data: Uint8Array = Buffer.from('{}')): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  metadata: new Uint8Array(),
  data,
});

/** What the log should be, in the plainest words. */
class Model {
  readonly all: string[] = [];
  readonly streams = new Map<
    string,
    { ids: string[]; hidden: number; maxCount: number; softDeleted: boolean; ended: boolean }
  >();

  of(stream: string) {
    const known = this.streams.get(stream) ?? {
      ids: [],
      hidden: 0,
      maxCount: Infinity,
      softDeleted: false,
      ended: false,
    };
    this.streams.set(stream, known);
    return known;
  }

  visible(stream: string): string[] {
    const { ids, hidden, maxCount } = this.of(stream);
    return ids.slice(Math.max(hidden, ids.length - maxCount, 0));
  }

  write(stream: string, ids: readonly string[]): void {
    this.of(stream).ids.push(...ids);
    this.all.push(...ids);
  }

  accepts(stream: string, expected: ExpectedRevision): boolean {
    const { ids, softDeleted } = this.of(stream);
    if (expected === 'any') return true;
    if (expected === 'stream_exists') return ids.length > 0 && !softDeleted;
    if (expected === 'no_stream') return ids.length === 0 || softDeleted;
    return expected === ids.length - 1;
  }
}

type Step =
  | { kind: 'append'; stream: string; expected: ExpectedRevision; count: number }
  | { kind: 'delete' | 'tombstone' | 'limit'; stream: string; count: number }
  | { kind: 'reopen' };

const stream = fc.constantFrom('a', 'b-1');
const expected = fc.oneof(
  fc.constantFrom<ExpectedRevision>('any', 'any', 'no_stream', 'stream_exists'),
  fc.integer({ min: 0, max: 6 }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      stream,
      expected,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('delete' as const, 'delete' as const, 'limit' as const),
      stream,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tombstone' as const), stream, count: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

const open = (folder: string) =>
  LmdbEventLog.open({
    folder,
    now: Date.now,
    onFailure: (error) => {
      throw error;
    },
  });

const ids = (events: readonly { readonly record: Buffer }[]) => events.map(({ record }) => readHeader(record).id);
const ours = (events: readonly { readonly record: Buffer }[]) =>
  events.filter(({ record }) => decodeRecord(record).type === 'Written');

async function apply(log: EventLog, model: Model, taken: Exclude<Step, { kind: 'reopen' }>): Promise<void> {
  const known = model.of(taken.stream);
  if (taken.kind === 'append') {
    const events = Array.from({ length: taken.count }, () => event());
    const outcome = await log.append({ stream: taken.stream, expected: taken.expected, events });
    expectKind(
      outcome,
      known.ended
        ? 'stream-deleted'
        : model.accepts(taken.stream, taken.expected)
          ? 'written'
          : 'wrong-expected-revision',
    );
    if (outcome.kind !== 'written') return;
    if (known.softDeleted) known.hidden = known.ids.length;
    known.softDeleted = false;
    model.write(
      taken.stream,
      events.map(({ id }) => id),
    );
    expect(outcome.revision).toBe(known.ids.length - 1);
    expect(outcome.position).toBe(log.lastPosition);
    return;
  }
  if (taken.kind === 'limit') {
    if (known.softDeleted) return;
    const data = Buffer.from(JSON.stringify({ $maxCount: taken.count, $tb: known.hidden }));
    await log.append({ stream: `$$${taken.stream}`, expected: 'any', events: [event('$metadata', data)] });
    known.maxCount = taken.count;
    return;
  }
  const isKnown = log.describe(taken.stream) !== undefined;
  const request = { stream: taken.stream, expected: 'any' } as const;
  const outcome = await (taken.kind === 'delete' ? log.softDelete(request) : log.tombstone(request));
  const refusal = taken.kind === 'delete' && !isKnown ? 'wrong-expected-revision' : 'written';
  expectKind(outcome, known.ended ? 'stream-deleted' : refusal);
  if (outcome.kind !== 'written') return;
  if (taken.kind === 'delete') {
    known.softDeleted = true;
    known.hidden = Infinity;
  } else known.ended = true;
}

const expectKind = (outcome: AppendOutcome, kind: AppendOutcome['kind']) => expect(outcome.kind).toBe(kind);

function compare(log: EventLog, model: Model): void {
  expect(ids(ours(log.readAll(0, 'forwards')))).toEqual(model.all);
  expect(ids(ours(log.readAll(log.lastPosition, 'backwards')))).toEqual([...model.all].reverse());
  for (const [name, { ended }] of model.streams) {
    if (ended) {
      expect(log.describe(name)?.tombstoned).toBe(true);
      continue;
    }
    const visible = model.visible(name);
    expect(ids(log.readStream(name, 0, 'forwards'))).toEqual(visible);
    expect(ids(log.readStream(name, Number.MAX_SAFE_INTEGER, 'backwards'))).toEqual([...visible].reverse());
    expect(ids(log.readStream(name, 0, 'forwards', 1))).toEqual(visible.slice(0, 1));
  }
}

describe('event log', () => {
  it('does what a plain model of it does, over any steps and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
        let log = await open(folder);
        try {
          const model = new Model();
          for (const taken of steps) {
            if (taken.kind === 'reopen') {
              await log.close();
              log = await open(folder);
            } else await apply(log, model, taken);
          }
          compare(log, model);
        } finally {
          await log.close();
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps records that were read while others are written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
    const log = await open(folder);
    await log.append({ stream: 's', expected: 'any', events: [event(), event()] });
    const before = log.readStream('s', 0, 'forwards');
    const copies = before.map(({ record }) => Buffer.from(record));
    for (let n = 0; n < 50; n += 1) await log.append({ stream: 's', expected: 'any', events: [event(), event()] });
    log.readAll(0, 'forwards');
    expect(before.map(({ record }) => record)).toEqual(copies);
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('holds a deadline against the clock, also when that was set back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
    let nowMs = 1_700_000_000_000;
    const log = await LmdbEventLog.open({ folder, now: () => nowMs, onFailure: () => undefined });
    const within = (ms: number) =>
      log.append({ stream: 's', expected: 'any', events: [event()], deadlineMs: nowMs + ms });
    expectKind(await within(1_000), 'written');
    nowMs -= 60_000;
    expectKind(await within(1_000), 'written');
    expectKind(await within(-1), 'deadline-passed');
    const [first, second] = log.readStream('s', 0, 'forwards').map(({ record }) => readHeader(record).createdTicks);
    expect(second).toBe(first);
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('tells those who wait for a stream, and those who wait for any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-log-'));
    const log = await open(folder);
    const heard: string[] = [];
    const stop = log.onCommit('s', () => heard.push(`s at ${log.describe('s')?.lastRevision}`));
    await log.append({ stream: 'other', expected: 'any', events: [event()] });
    await log.append({ stream: 's', expected: 'any', events: [event()] });
    stop();
    await log.append({ stream: 's', expected: 'any', events: [event()] });
    expect(heard).toEqual(['s at 0']);
    await log.close();
    rmSync(folder, { recursive: true });
  });
});
