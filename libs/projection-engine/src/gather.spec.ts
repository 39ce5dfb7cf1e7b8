import type { EventBatch } from '#event-store';
import { TestLog } from '#testing';
import { Bell } from './bell.js';
import { gather } from './gather.js';

describe('gather', () => {
  let log: TestLog;
  beforeEach(() => {
    log = new TestLog();
  });

  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) log.append('tally-a', { type: 'Added', data: { amount: 1 } });
  };
  const live = (signal: AbortSignal) => log.follow('start', signal, 2);

  it('hands out in one batch what came while the consumer was busy, and live events at once', async () => {
    add(9);
    const sizes: number[] = [];
    for await (const batch of gather(live, { maxEvents: 100, maxWaitMs: 10_000 })) {
      sizes.push(batch.events.length);
      if (sizes.length === 1) add(1);
      else if (sizes.length === 2) break;
    }
    expect(sizes).toEqual([9, 1]);
  });

  it('reads no further than it may hold', async () => {
    add(20);
    let read = 0;
    const counted = async function* (signal: AbortSignal): AsyncGenerator<EventBatch> {
      for await (const batch of live(signal)) {
        read += batch.events.length;
        yield batch;
      }
    };
    for await (const batch of gather(counted, { maxEvents: 4, maxWaitMs: 10_000 })) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      // What was handed out, what is held, and the one batch that is under way.
      expect(read).toBeLessThanOrEqual(Number(batch.events.at(-1)?.revision) + 1 + 4 + 2);
      if (batch.caughtUp) break;
    }
    expect(read).toBe(20);
  });

  it('does not wait for more than a while when the log goes on', async () => {
    add(1);
    const behind = async function* (signal: AbortSignal): AsyncGenerator<EventBatch> {
      for await (const batch of live(signal)) yield { ...batch, caughtUp: false };
    };
    const gathered = gather(behind, { maxEvents: 100, maxWaitMs: 5 });
    expect((await gathered.next()).value?.events).toHaveLength(1);
    await gathered.return();
  });

  it('hands out what was read before the source failed, then fails as it did', async () => {
    add(2);
    const failing = async function* (signal: AbortSignal): AsyncGenerator<EventBatch> {
      yield* log.batches(2);
      if (!signal.aborted) throw new Error('gone');
    };
    const seen: number[] = [];
    const reading = async () => {
      for await (const batch of gather(failing, { maxEvents: 100, maxWaitMs: 5 })) seen.push(batch.events.length);
    };
    await expect(reading()).rejects.toThrow('gone');
    expect(seen).toEqual([2]);
  });

  it('ends the source when the consumer leaves', async () => {
    add(2);
    const ended = new Bell();
    const done = ended.next();
    const watched = async function* (signal: AbortSignal): AsyncGenerator<EventBatch> {
      yield* live(signal);
      ended.ring();
    };
    for await (const batch of gather(watched, { maxEvents: 100, maxWaitMs: 5 })) if (batch.caughtUp) break;
    await done;
  });
});
