import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { BatchBuilder } from './batch-builder.js';

function item(place: number): AllStreamResolvedEvent {
  const position = { commit: BigInt(place), prepare: BigInt(place) };
  return {
    event: {
      streamId: 'counter-1',
      id: String(place),
      revision: BigInt(place),
      type: 'Added',
      data: {},
      metadata: {},
      isJson: true,
      created: new Date(0),
      position,
    },
  };
}

describe('BatchBuilder', () => {
  it('is due when full, and its checkpoint is its last event', () => {
    const batch = new BatchBuilder({ maxEvents: 2, maxWaitMs: 60_000 }, 'start');
    batch.add(item(1));
    expect(batch.isDue(false)).toBe(false);
    batch.add(item(2));
    expect(batch.isDue(false)).toBe(true);
    const taken = batch.take();
    expect(taken.events.map(({ id }) => id)).toEqual(['1', '2']);
    expect(taken.checkpoint).toEqual({ commit: 2n, prepare: 2n });
    expect(batch.isDue(false)).toBe(false);
  });

  it('is due at once when nothing more will come, but never with nothing to say', () => {
    const batch = new BatchBuilder({ maxEvents: 2, maxWaitMs: 60_000 }, 'start');
    expect(batch.isDue(true)).toBe(false);
    batch.add(item(1));
    expect(batch.isDue(true)).toBe(true);
  });

  it('is due once it has waited long enough', () => {
    const batch = new BatchBuilder({ maxEvents: 2, maxWaitMs: 0 }, 'start');
    expect(batch.dueInMs()).toBe(Infinity);
    batch.add(item(1));
    expect(batch.dueInMs()).toBe(0);
    expect(batch.isDue(false)).toBe(true);
  });

  it('tells of having caught up at once, and of a checkpoint without events', () => {
    const batch = new BatchBuilder({ maxEvents: 10, maxWaitMs: 60_000 }, 'start');
    batch.add({ checkpoint: { commit: 7n, prepare: 7n } });
    expect(batch.isDue(false)).toBe(false);
    batch.add({ caughtUp: true });
    expect(batch.isDue(false)).toBe(true);
    expect(batch.take()).toEqual({ events: [], checkpoint: { commit: 7n, prepare: 7n }, caughtUp: true });
    batch.add({ caughtUp: false });
    batch.add(item(8));
    expect(batch.isDue(true) && batch.take().caughtUp).toBe(false);
  });
});
