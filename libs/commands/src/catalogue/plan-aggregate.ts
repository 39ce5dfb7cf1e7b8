import type { Aggregate } from '#event-store';
import { evolvePlan, type PlanEdition, type PlanEvent } from '#license';

/** A plan as the event store sees it: the list of its editions. */
export const planAggregate: Aggregate<readonly PlanEdition[], PlanEvent> = {
  initial: [],
  evolve: evolvePlan,
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ type, version, data }) => {
      if (type !== 'PlanDefined' || version !== 1) throw new Error(`${type} version ${version} is not a plan's event`);
      return { type, data: data as PlanEvent['data'] };
    },
  },
};
