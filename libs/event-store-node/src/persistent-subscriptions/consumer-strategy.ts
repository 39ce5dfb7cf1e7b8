import type { Consumer } from './consumer.js';
import type { Delivery } from './delivery.js';
import type { StrategyName } from './group-definition.js';

/** Chooses among the consumers of a group; undefined when the event has to wait. */
export interface ConsumerStrategy {
  choose(delivery: Delivery, consumers: readonly Consumer[]): Consumer | undefined;
  /** Whether events behind one that has to wait may go before it. */
  readonly mayOvertake: boolean;
}

export function createStrategy(name: StrategyName): ConsumerStrategy {
  switch (name) {
    case 'RoundRobin':
      return roundRobin();
    case 'DispatchToSingle':
      return { mayOvertake: false, choose: (_, consumers) => consumers.find((consumer) => consumer.isFree) };
    case 'Pinned':
      return { mayOvertake: true, choose: choosePinned };
  }
}

function roundRobin(): ConsumerStrategy {
  let lastNumber = -1;
  return {
    mayOvertake: false,
    choose(_, consumers) {
      const free = consumers.filter((consumer) => consumer.isFree);
      const chosen = free.find(({ number }) => number > lastNumber) ?? free[0];
      if (chosen) lastNumber = chosen.number;
      return chosen;
    },
  };
}

/**
 * The events of a stream go to one consumer while the consumers stay the same. When one comes or goes, only the streams
 * that it wins or had move.
 */
function choosePinned({ stream }: Delivery, consumers: readonly Consumer[]): Consumer | undefined {
  let best: Consumer | undefined;
  let bestWeight = -1;
  for (const consumer of consumers) {
    const weight = hash(`${stream}:${consumer.number}`);
    if (weight > bestWeight) [best, bestWeight] = [consumer, weight];
  }
  return best?.isFree ? best : undefined;
}

/** FNV-1a with a last mixing, so that names which differ in their last digit part as well. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
