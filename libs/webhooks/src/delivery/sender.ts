import { Injectable } from '@nestjs/common';
import type { DeliveryAttempt } from '#contracts';
import { OutboundClient, OutboundFailed } from '#outbound';
import { Clock } from '#platform';
import type { Endpoint } from '../endpoint/endpoint.js';
import { EndpointSecrets } from '../endpoint/secrets.js';
import { retryAfterMs } from './back-off.js';
import type { Message } from './message.js';

export interface Sent {
  readonly attempt: DeliveryAttempt;
  /** False when there was nothing that could be sent. */
  readonly isMade: boolean;
  /** The endpoint said that it is there no more. */
  readonly isGone: boolean;
  /** How long it asked not to be called; 0 when it did not ask. */
  readonly askedMs: number;
}

const excerptMax = 500;

/** Makes one call to an endpoint. */
@Injectable()
export class Sender {
  constructor(
    private readonly client: OutboundClient,
    private readonly secrets: EndpointSecrets,
    private readonly clock: Clock,
  ) {}

  async send(endpointId: string, endpoint: Endpoint, message: Message, attempt: number): Promise<Sent> {
    const { id, type, licenseId, sequence, body } = message;
    const startedAt = this.clock.now();
    const startedAtMs = performance.now();
    // Signed by the system's time: it says how fresh the message is, not what time it is in the ledger.
    const signed = this.secrets.headers(endpointId, endpoint, id, body, new Date());
    const made = { eventId: id, eventType: type, licenseId, sequence, attempt, startedAt };
    const done = (rest: Pick<DeliveryAttempt, 'outcome' | 'status' | 'reason' | 'response'>): DeliveryAttempt => ({
      ...made,
      durationMs: Math.round(performance.now() - startedAtMs),
      ...rest,
    });
    try {
      const headers = { ...signed, 'content-type': 'application/cloudevents+json', 'user-agent': 'seat-ledger' };
      const answer = await this.client.post(endpoint.url, body, headers);
      const { status } = answer;
      const isTaken = status >= 200 && status < 300;
      return {
        attempt: done({
          outcome: isTaken ? 'delivered' : 'failed',
          status,
          reason: isTaken ? null : reasonOf(status),
          response: excerptOf(answer.body),
        }),
        isMade: true,
        isGone: status === 410,
        askedMs: isTaken ? 0 : retryAfterMs(answer.headers['retry-after'], this.clock.nowMs()),
      };
    } catch (error) {
      if (!(error instanceof OutboundFailed)) throw error;
      const reason = error.message.slice(0, excerptMax);
      return {
        attempt: done({ outcome: 'failed', status: null, reason, response: null }),
        isMade: true,
        isGone: false,
        askedMs: 0,
      };
    }
  }
}

function reasonOf(status: number): string {
  const isRedirect = status >= 300 && status < 400;
  return `the endpoint answered ${status}${isRedirect ? ', and redirects are not followed' : ''}`;
}

/** Text that can be stored and shown: no control characters, and not all of it. */
function excerptOf(body: string): string | null {
  const text = body
    .slice(0, excerptMax)
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return text === '' ? null : text;
}
