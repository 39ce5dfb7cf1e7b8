import { LedgerProblem } from '../client/ledger-problem.js';
import type { PublicEvent, PublicEventType } from '../events/cloud-event.js';
import { backoffMs, pause } from './backoff.js';
import { consume, type Consumer, type Reached } from './consume.js';
import { streamMessages } from './stream-messages.js';

export interface FollowEventsOptions {
  /** Where the ledger is, such as `https://ledger.example.com`. */
  readonly baseUrl: string;
  /** The bearer token of a service, or what gives the present one; it is asked for each connection. */
  readonly token: string | (() => string | Promise<string>);
  /** Which events; all by default. */
  readonly types?: readonly PublicEventType[];
  /** Those of one license alone. */
  readonly licenseId?: string;
  /** Behind which position to begin: `start`, which is the default, `end`, or one that was reached before. */
  readonly after?: string;
  /** Ends it in order. */
  readonly signal?: AbortSignal;
  /** How long the ledger, which says something every ten seconds, may be silent before it is asked anew. Default: 30 s. */
  readonly silenceMs?: number;
  /** Told of each interruption, for the log. */
  readonly onInterrupted?: (error: Error, retryInMs: number) => void;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
  /** Default: `Math.random`. */
  readonly random?: () => number;
}

const silenceMsDefault = 30_000;
const retryMsDefault = 1_000;
const retryMsMax = 30_000;

/** Handles the events of `GET /v1/events`, until the signal aborts. @throws as `consume` and `followEvents` do */
export function consumeEvents({ handle, checkpoint, ...options }: FollowEventsOptions & Consumer): Promise<void> {
  return consume((after) => followEvents(after === undefined ? options : { ...options, after }), {
    handle,
    checkpoint,
  });
}

/**
 * The events of `GET /v1/events` without end: when the connection is lost, it is taken up behind what came last, so that
 * nothing is lost and nothing comes twice. Ends when the signal aborts.
 *
 * @throws LedgerProblem when the ledger refuses for good: the token, the filter, a position of another log
 */
export async function* followEvents(options: FollowEventsOptions): AsyncGenerator<Reached, void, undefined> {
  const { signal, onInterrupted, random = Math.random } = options;
  let after = options.after ?? 'start';
  let failures = 0;
  let retryMs = retryMsDefault;
  while (!signal?.aborted) {
    let failure = new Error('The ledger ended the stream.');
    try {
      const connection = await connectionOf(options, after);
      for await (const { id, data } of streamMessages({ ...connection, onRetry: (askedMs) => (retryMs = askedMs) })) {
        failures = 0;
        const event = data === null ? null : (JSON.parse(data) as PublicEvent);
        after = event?.position ?? id;
        yield { event, position: after };
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof LedgerProblem && error.status < 500 && !error.isTemporary) throw error;
      failure = error instanceof Error ? error : new Error(String(error));
    }
    const askedMs = failure instanceof LedgerProblem ? failure.retryAfterMs : null;
    const retryInMs = askedMs ?? backoffMs(failures, retryMs, retryMsMax, random);
    failures += 1;
    onInterrupted?.(failure, retryInMs);
    await pause(retryInMs, signal);
  }
}

async function connectionOf(options: FollowEventsOptions, after: string) {
  const { baseUrl, token, types, licenseId, signal } = options;
  const isWord = after === 'start' || after === 'end';
  const query = new URLSearchParams({
    ...(types && { types: types.join(',') }),
    ...(licenseId !== undefined && { licenseId }),
    ...(isWord && { after }),
  });
  return {
    url: `${baseUrl.replace(/\/+$/, '')}/v1/events?${query}`,
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${typeof token === 'function' ? await token() : token}`,
      ...(!isWord && { 'last-event-id': after }),
    },
    fetch: options.fetch ?? globalThis.fetch,
    silenceMs: options.silenceMs ?? silenceMsDefault,
    signal,
  };
}
