import { EventEmitter, once } from 'node:events';
import { v5 as uuidV5 } from 'uuid';
import type { EventBatch, Position, RecordedEvent } from '#event-store';
import { encodeEvent, licenseStream, planStream, type Catalogue, type LicenseEvent } from '#license';

interface Stored {
  readonly type: string;
  readonly version?: number;
  readonly data: unknown;
}

/** The log of an event store as a subscription would deliver it, made by hand. */
export class TestLog {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, bigint>();
  readonly #appended = new EventEmitter().setMaxListeners(100);

  /** Appends the newest editions of a catalogue's plans. */
  plans(catalogue: Catalogue): this {
    for (const [planId, editions] of catalogue) {
      for (const edition of editions) {
        this.append(planStream(planId), { type: 'PlanDefined', data: { planId, ...edition } });
      }
    }
    return this;
  }

  license(licenseId: string, events: readonly LicenseEvent[]): this {
    for (const event of events) this.append(licenseStream(licenseId), encodeEvent(event));
    return this;
  }

  append(stream: string, { type, version = 1, data }: Stored): RecordedEvent {
    const revision = (this.#revisions.get(stream) ?? -1n) + 1n;
    this.#revisions.set(stream, revision);
    const place = BigInt(this.events.length + 1);
    const event: RecordedEvent = {
      id: uuidV5(`${stream}@${revision}`, uuidV5.URL),
      stream,
      revision,
      type,
      // What comes out of the store went through JSON.
      data: JSON.parse(JSON.stringify(data)) as unknown,
      metadata: {
        commandId: 'test',
        requestHash: '',
        schemaVersion: version,
        actor: { id: 'test', role: 'system' },
        correlationId: 'test',
        causationId: 'test',
        rolled: false,
      },
      recordedAt: new Date(Date.UTC(2026, 0, 1) + this.events.length),
      position: { commit: place * 100n, prepare: place * 100n },
    };
    this.events.push(event);
    this.#appended.emit('event');
    return event;
  }

  /** The log after a position in batches of a size; the last one is caught up. */
  *batches(size: number, after: Position | 'start' = 'start'): Generator<EventBatch> {
    const left = this.events.filter(({ position }) => after === 'start' || position.commit > after.commit);
    for (let from = 0; from < left.length; from += size) {
      const events = left.slice(from, from + size);
      const last = events.at(-1);
      if (last) yield { events, checkpoint: last.position, caughtUp: from + size >= left.length };
    }
  }

  /** The log after a position and what is appended to it, until the signal aborts. */
  async *follow(after: Position | 'start', signal: AbortSignal, size: number): AsyncGenerator<EventBatch> {
    let from = after;
    while (!signal.aborted) {
      const [batch] = this.batches(size, from);
      if (batch) {
        yield batch;
        from = batch.checkpoint;
      } else {
        await once(this.#appended, 'event', { signal }).catch(() => undefined);
      }
    }
  }
}
