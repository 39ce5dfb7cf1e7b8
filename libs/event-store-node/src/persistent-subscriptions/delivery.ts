import { readHeader } from '../record/recorded-event.js';
import type { ResolvedEvent } from '../reading/link.js';

/** One event on its way to a consumer of the group. */
export interface Delivery {
  /** Order of delivery; a retried event goes before all that were read behind it. */
  readonly order: number;
  /** What a consumer names when it has finished: the id of the link if there is one, else of the event. */
  readonly id: string;
  /** Stream of the event itself, which a pinned consumer is chosen by. */
  readonly stream: string;
  readonly resolved: ResolvedEvent;
  readonly origin: Origin;
  /** How often it was delivered before. */
  readonly retryCount: number;
}

/** Where the event was read: in the group's source, or among its parked events. */
export type Origin =
  { readonly kind: 'source'; readonly place: number } | { readonly kind: 'parked'; readonly revision: number };

export function createDelivery(order: number, resolved: ResolvedEvent, origin: Origin): Delivery {
  const named = resolved.link ?? resolved.event;
  if (!named) throw new Error('A delivery needs an event or a link.');
  const { id, stream } = readHeader(named);
  const own = resolved.event && resolved.link ? readHeader(resolved.event).stream : stream;
  return { order, id, stream: own, resolved, origin, retryCount: 0 };
}

/** Deliveries that wait for a consumer, in their order. */
export class DeliveryQueue {
  private readonly items: Delivery[] = [];

  get length(): number {
    return this.items.length;
  }

  add(delivery: Delivery): void {
    let at = this.items.length;
    while (at > 0 && (this.items[at - 1]?.order ?? 0) > delivery.order) at -= 1;
    this.items.splice(at, 0, delivery);
  }

  /** Takes out, in order, what `take` accepts; stops where it answers `stop`. */
  drain(take: (delivery: Delivery) => 'taken' | 'skip' | 'stop'): void {
    let kept = 0;
    let read = 0;
    for (; read < this.items.length; read += 1) {
      const delivery = this.items[read];
      if (!delivery) break;
      const answer = take(delivery);
      if (answer === 'stop') break;
      if (answer === 'skip') this.items[kept++] = delivery;
    }
    this.items.splice(kept, read - kept);
  }
}
