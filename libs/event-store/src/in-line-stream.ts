import { excludeSystemEvents, START, streamNameFilter, type EventStoreDBClient } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import type { Position } from './position.js';

/** What a subscription says, in the order in which it holds: a mark stands behind every event that it covers. */
export type SubscriptionItem =
  AllStreamResolvedEvent | { readonly checkpoint: Position } | { readonly caughtUp: boolean };

/** A mark every 32 × 32 events that were looked at, whether or not the filter let them through. */
const checkpointInterval = 32;
const bufferedItems = 256;

/**
 * One subscription of the client, pulled instead of pushed.
 *
 * The client calls `checkpointReached` and emits `caughtUp` while events before them still wait in its buffer, and a
 * throw in there stalls the stream. So all they do here is to put a mark into that same buffer. Pulling with `read`
 * is what gives back-pressure: `.on('data', async …)` would start a handler for every event at once.
 */
export class InLineStream {
  readonly #subscription: AllStreamSubscription;
  #wake: () => void = () => undefined;
  #confirmed = false;
  #failure: Error | null = null;

  constructor(client: EventStoreDBClient, from: Position | 'start', prefixes?: readonly string[]) {
    const marks = {
      checkpointInterval,
      checkpointReached: (subscription: AllStreamSubscription, checkpoint: Position) => {
        subscription.push({ checkpoint });
      },
    };
    const filter = prefixes ? streamNameFilter({ prefixes: [...prefixes], ...marks }) : excludeSystemEvents(marks);
    this.#subscription = client.subscribeToAll(
      { fromPosition: from === 'start' ? START : from, filter },
      { highWaterMark: bufferedItems },
    );
    const mark = (caughtUp: boolean) => () => void this.#subscription.push({ caughtUp });
    this.#subscription
      .on('caughtUp', mark(true))
      .on('fellBehind', mark(false))
      .on('confirmation', () => {
        this.#confirmed = true;
        this.#wake();
      })
      .on('readable', () => this.#wake())
      .on('error', (error) => this.fail(error))
      .on('end', () => this.fail(new Error('The server ended the subscription.')));
  }

  get confirmed(): boolean {
    return this.#confirmed;
  }

  /** Why nothing more will come, or null. A clean end is a failure too: a subscription has no end. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** The next item, or null when none has arrived yet. */
  read(): SubscriptionItem | null {
    return this.#subscription.read() as SubscriptionItem | null;
  }

  /** Waits until something changes, or for `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (timeoutMs !== Infinity) timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
  }

  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  close(): void {
    this.#subscription.unsubscribe().catch(() => undefined);
    this.#subscription.destroy();
  }
}
