import { randomUUID } from 'node:crypto';
import type { ProposedEvent } from './event-log.js';

/** An event that the node itself writes. */
export const systemEvent = (type: string, data: Uint8Array): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  metadata: new Uint8Array(),
  data,
});
