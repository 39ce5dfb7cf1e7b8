import type { Aggregate, Decision } from '../aggregate.js';
import type { CommandRequest } from '../propose.js';
import type { Decide } from '../repository.js';

/** A small aggregate to try the store with. Version 1 of `Added` called its amount `n`. */
export type CounterEvent =
  | { readonly type: 'Added'; readonly data: { readonly by: number; readonly note?: string | undefined } }
  | { readonly type: 'Ticked'; readonly data: { readonly hour: number } };

export interface Counter {
  readonly total: number;
  readonly hour: number;
}

export type CounterRefusal = 'too-much';

export const counter: Aggregate<Counter, CounterEvent> = {
  initial: { total: 0, hour: 0 },
  evolve(state, event) {
    switch (event.type) {
      case 'Added':
        return { ...state, total: state.total + event.data.by };
      case 'Ticked':
        return { ...state, hour: event.data.hour };
    }
  },
  codec: {
    encode: ({ type, data }) => ({ type, data, version: type === 'Added' ? 2 : 1 }),
    decode({ type, version, data }) {
      if (type === 'Added' && version === 1) return { type, data: { by: (data as { n: number }).n } };
      return { type, data } as CounterEvent;
    },
  },
};

/** Adds, after rolling the hours forward to `hour`; refuses to go over 1,000. */
export function add(
  by: number,
  { hour = 0, note }: { hour?: number; note?: string } = {},
): Decide<Counter, CounterEvent, CounterRefusal> {
  return (state): Decision<CounterEvent, CounterRefusal> => {
    const due = Array.from({ length: Math.max(hour - state.hour, 0) }, (_, index) => state.hour + index + 1);
    const rolled = due.map((at): CounterEvent => ({ type: 'Ticked', data: { hour: at } }));
    if (state.total + by > 1_000) return { rolled, refusal: 'too-much' };
    if (by === 0) return { rolled, accepted: [] };
    return { rolled, accepted: [{ type: 'Added', data: { by, note } }] };
  };
}

/** A request of which only the id matters; the body's hash follows from it unless given. */
export function request(commandId: string, more: Partial<CommandRequest> = {}): CommandRequest {
  return {
    commandId,
    requestHash: `hash of ${commandId}`,
    metadata: { actor: { id: 'ann@example.com', role: 'customer' }, correlationId: `trace of ${commandId}` },
    ...more,
  };
}
