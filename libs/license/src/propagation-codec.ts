import type { StoredEvent } from './codec.js';
import type { PropagationEvent } from './propagation.js';

const types = ['ChangePropagated', 'ChangePropagationOverdue'] as const satisfies readonly PropagationEvent['type'][];

export function encodePropagationEvent({ type, data }: PropagationEvent): StoredEvent {
  return { type, version: 1, data };
}

/** @throws Error for a type or version that this program does not know */
export function decodePropagationEvent({ type, version, data }: StoredEvent): PropagationEvent {
  const known = types.find((name) => name === type);
  if (known === undefined) throw new Error(`'${type}' is not an event of a propagation`);
  if (version !== 1) throw new Error(`${type} version ${version} is not known; this program reads version 1`);
  return { type: known, data } as PropagationEvent;
}
