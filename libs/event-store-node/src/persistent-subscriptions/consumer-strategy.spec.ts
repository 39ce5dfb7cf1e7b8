import { Consumer, type ConsumerCall } from './consumer.js';
import { createStrategy } from './consumer-strategy.js';
import type { Delivery } from './delivery.js';

const call = (slots: number): ConsumerCall => ({
  slots,
  username: '',
  connectionName: '',
  from: '',
  send: () => undefined,
  drop: () => undefined,
});
const consumers = (...slots: number[]) => slots.map((count, number) => new Consumer(number, call(count), 0, false));

const delivery = (stream: string): Delivery => ({
  order: 1,
  id: stream,
  stream,
  resolved: { event: Buffer.alloc(0), link: undefined, position: 1 },
  origin: { kind: 'source', place: 1 },
  retryCount: 0,
});

/** Numbers of the consumers that get the deliveries, and keep them. */
function dispatch(name: Parameters<typeof createStrategy>[0], to: Consumer[], streams: readonly string[]) {
  const strategy = createStrategy(name);
  return streams.map((stream) => {
    const chosen = strategy.choose(delivery(stream), to);
    chosen?.send(delivery(stream));
    return chosen?.number;
  });
}

const streams = Array.from({ length: 300 }, (_, n) => `account-${n}`);

describe('consumer strategies', () => {
  it('round robin goes from one to the next, past those without room', () => {
    expect(dispatch('RoundRobin', consumers(9, 1, 9), streams.slice(0, 7))).toEqual([0, 1, 2, 0, 2, 0, 2]);
    expect(dispatch('RoundRobin', consumers(1, 1), streams.slice(0, 3))).toEqual([0, 1, undefined]);
  });

  it('dispatch to single stays with the first that has room', () => {
    expect(dispatch('DispatchToSingle', consumers(2, 2), streams.slice(0, 5))).toEqual([0, 0, 1, 1, undefined]);
  });

  it('pinned gives a stream to the same consumer, and waits when that has no room', () => {
    const [first] = dispatch('Pinned', consumers(9, 9, 9), ['account-1']);
    expect(dispatch('Pinned', consumers(1, 1, 1), ['account-1', 'account-1'])).toEqual([first, undefined]);
  });

  it('pinned spreads streams, and moves only those of a consumer that goes', () => {
    const all = consumers(1_000, 1_000, 1_000);
    const before = dispatch('Pinned', all, streams);
    for (const { number } of all) {
      expect(before.filter((chosen) => chosen === number).length).toBeGreaterThan(streams.length / 6);
    }
    const after = dispatch('Pinned', all.slice(0, 2), streams);
    for (const [index, chosen] of before.entries()) if (chosen !== 2) expect(after[index]).toBe(chosen);
  });
});
