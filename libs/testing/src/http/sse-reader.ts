import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PublicEvent } from '#contracts';

/** A client of server-sent events that keeps what it was sent. */
export class SseReader {
  readonly messages: EventSourceMessage[] = [];
  /** All that came, heartbeats as well. */
  text = '';
  /** Resolves when the answer has ended in order, rejects when it broke off. */
  readonly ended: Promise<void>;
  readonly #leaving = new AbortController();

  private constructor(readonly response: Response) {
    this.ended = this.#read();
    this.ended.catch(() => undefined);
  }

  /** @throws Error unless a stream is answered */
  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<SseReader> {
    const leaving = new AbortController();
    const response = await fetch(url, { headers, signal: leaving.signal });
    if (response.headers.get('content-type') !== 'text/event-stream; charset=utf-8') {
      throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    }
    const reader = new SseReader(response);
    reader.#leaving.signal.addEventListener('abort', () => leaving.abort());
    return reader;
  }

  get events(): PublicEvent[] {
    return this.messages.map(({ data }) => JSON.parse(data) as PublicEvent);
  }

  /** Waits until it holds; fails when it does not within twenty seconds. */
  async until(what: string, holds: (events: readonly EventSourceMessage[]) => boolean): Promise<this> {
    const giveUpAt = performance.now() + 20_000;
    while (!holds(this.messages)) {
      if (performance.now() > giveUpAt) throw new Error(`Waited in vain until ${what}; ${this.messages.length} came.`);
      await sleep(5);
    }
    return this;
  }

  count(count: number): Promise<this> {
    return this.until(`${count} events have come`, (messages) => messages.length >= count);
  }

  /** Closes the connection. */
  leave(): void {
    this.#leaving.abort();
  }

  async #read(): Promise<void> {
    const parser = createParser({ onEvent: (message) => void this.messages.push(message) });
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body ?? []) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      this.text += text;
      parser.feed(text);
    }
  }
}
