import { methodOf, serviceNamed } from './definitions.js';
import { positionMessage } from './values.js';

const encode = methodOf(serviceNamed('event_store.client.streams.Streams'), 'Read').responseSerialize;

/** The responses to a read that carry no event, encoded. */
export const streamNotFound = (stream: string): Buffer =>
  encode({ stream_not_found: { stream_identifier: { stream_name: Buffer.from(stream) } } });

export const confirmation = (subscriptionId: string): Buffer =>
  encode({ confirmation: { subscription_id: subscriptionId } });

export const checkpoint = (position: number): Buffer => encode({ checkpoint: positionMessage(position) });

export const CAUGHT_UP: Buffer = encode({ caught_up: {} });
