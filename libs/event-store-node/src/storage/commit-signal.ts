import { ALL_STREAMS } from './event-log.js';

type Key = string | typeof ALL_STREAMS;

/** Tells those who wait that a stream has grown. */
export class CommitSignal {
  private readonly listeners = new Map<Key, Set<() => void>>();

  on(key: Key, listener: () => void): () => void {
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.listeners.get(key) === listeners) this.listeners.delete(key);
    };
  }

  emit(streams: Iterable<string>): void {
    for (const stream of streams) this.call(stream);
    this.call(ALL_STREAMS);
  }

  private call(key: Key): void {
    for (const listener of [...(this.listeners.get(key) ?? [])]) listener();
  }
}
