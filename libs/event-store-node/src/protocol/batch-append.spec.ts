import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbEventLog } from '../storage/lmdb-event-log.js';
import { BatchAppends } from './batch-append.js';
import type { BatchAppendMessage, BatchAppendOptions, ProposedMessage } from './messages.js';

/** What the official client never sends, and other clients may. */
const APPEND_BYTES_MAX = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'batch-append-'));
let log: LmdbEventLog;
beforeAll(async () => {
  log = await LmdbEventLog.open({ folder, now: Date.now, onFailure: () => undefined });
});
afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly correlation_id: { readonly string: string };
  readonly success?: { readonly current_revision?: string };
  readonly error?: { readonly code: number; readonly details: { readonly type_url: string } };
}

function open() {
  const answers: Answer[] = [];
  const appends = new BatchAppends(log, APPEND_BYTES_MAX, (answer) => answers.push(answer as Answer));
  return { appends, answers };
}

const options = (stream: string, more: Partial<BatchAppendOptions> = {}): BatchAppendOptions => ({
  stream_identifier: { stream_name: Buffer.from(stream) },
  expected_stream_revision: 'any',
  ...more,
});

const event = (more: Partial<ProposedMessage> = {}): ProposedMessage => ({
  id: { string: randomUUID() },
  metadata: { type: 'Written', 'content-type': 'application/json' },
  custom_metadata: Buffer.alloc(0),
  data: Buffer.from('{}'),
  ...more,
});

const message = (more: Partial<BatchAppendMessage>): BatchAppendMessage => ({
  correlation_id: { string: randomUUID() },
  options: null,
  proposed_messages: [event()],
  is_final: true,
  ...more,
});

const reasonOf = (answer: Answer | undefined) => [
  answer?.error?.code,
  answer?.error?.details.type_url.split('.').at(-1),
];

describe('appends of a batch call', () => {
  it('are gathered from parts that arrive in any mixture', async () => {
    const { appends, answers } = open();
    const [one, other] = [{ string: randomUUID() }, { string: randomUUID() }];
    await appends.take(message({ correlation_id: one, options: options('one'), is_final: false }));
    await appends.take(message({ correlation_id: other, options: options('other'), is_final: false }));
    await appends.take(message({ correlation_id: one }));
    await appends.take(message({ correlation_id: other, proposed_messages: [event(), event()] }));
    expect(answers.map(({ correlation_id: { string }, success }) => [string, success?.current_revision])).toEqual([
      [one.string, '1'],
      [other.string, '2'],
    ]);
  });

  it('are answered once, however many parts come after a refusal', async () => {
    const { appends, answers } = open();
    const correlation_id = { string: randomUUID() };
    const large = event({ data: Buffer.alloc(APPEND_BYTES_MAX + 1) });
    const part = { correlation_id, proposed_messages: [large], is_final: false };
    await appends.take(message({ ...part, options: options('large') }));
    await appends.take(message(part));
    await appends.take(message({ ...part, is_final: true }));
    expect(answers.map(reasonOf)).toEqual([[3, 'MaximumAppendSizeExceeded']]);
    expect(log.describe('large')).toBeUndefined();
    // The id is free for another append from then on.
    await appends.take(message({ correlation_id, options: options('small') }));
    expect(answers).toHaveLength(2);
    expect(answers[1]?.success?.current_revision).toBe('0');
  });

  it.each<[string, Partial<BatchAppendMessage>]>([
    ['no stream', { options: null }],
    ['no expected revision', { options: { stream_identifier: { stream_name: Buffer.from('s') } } }],
    ['an id that is none', { options: options('s'), proposed_messages: [event({ id: { string: 'nonsense' } })] }],
    ['an event without a type', { options: options('s'), proposed_messages: [event({ metadata: {} })] }],
    ['a deadline before all time', { options: options('s', { deadline_at: { seconds: '-1', nanos: 0 } }) }],
    ['a deadline of too many nanoseconds', { options: options('s', { deadline_in: { seconds: '1', nanos: 1e9 } }) }],
  ])('are refused with %s', async (_, bad) => {
    const { appends, answers } = open();
    await appends.take(message(bad));
    expect(answers.map(reasonOf)).toEqual([[3, 'BadRequest']]);
    expect(log.describe('s')).toBeUndefined();
  });

  it('are not written after a deadline', async () => {
    const { appends, answers } = open();
    await appends.take(message({ options: options('late', { deadline_at: { seconds: '1', nanos: 0 } }) }));
    expect(answers.map(reasonOf)).toEqual([[4, 'Timeout']]);
    expect(log.describe('late')).toBeUndefined();
  });

  it('are written before a deadline', async () => {
    const { appends, answers } = open();
    await appends.take(message({ options: options('early', { deadline_in: { seconds: '60', nanos: 5 } }) }));
    expect(answers[0]?.success?.current_revision).toBe('0');
  });

  it('are so many at a time, and others are refused', async () => {
    const { appends, answers } = open();
    for (let n = 0; n <= 256; n += 1) await appends.take(message({ options: options('begun'), is_final: false }));
    expect(answers.map(reasonOf)).toEqual([[3, 'BadRequest']]);
  });
});
