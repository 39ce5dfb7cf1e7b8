import type { WebhookEndpoint } from '#contracts';
import type { Place } from '#feed';
import { encodePosition } from '#http';
import { parsePlace } from '../delivery/place.js';
import type { Endpoint } from '../endpoint/endpoint.js';

export function webhookAnswer(webhookId: string, endpoint: Endpoint): WebhookEndpoint {
  const { url, types, status, disabled, registeredAt, oldSecretUntil, after } = endpoint;
  return {
    webhookId,
    url,
    types,
    status: status === 'active' ? 'active' : 'disabled',
    disabled: disabled && { ...disabled, after: placeAnswer(parsePlace(after)) },
    registeredAt,
    oldSecretUntil,
  };
}

export const placeAnswer = (place: Place): string => (place === 'start' ? place : encodePosition(place));

export const webhookExample: WebhookEndpoint = {
  webhookId: '5d1c9f0e-3b52-5d52-9f0e-6c1d2e3f4a5b',
  url: 'https://crm.example/seat-events',
  types: ['io.seat-ledger.seats-increased.v1'],
  status: 'active',
  disabled: null,
  registeredAt: '2026-06-01T09:00:00.000Z',
  oldSecretUntil: null,
};
