import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/**
 * What a consumer has done, and with it where it goes on: a line for each event, in a file that only grows. One write
 * holds both, so a consumer that is killed has done an event and knows it, or neither. In a database, do both in one
 * transaction.
 */
export class Journal {
  #path;
  #waiting = [];
  /** The newest entry; undefined before the first. */
  last;

  constructor(path) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    const line = whole.trimEnd().split('\n').at(-1);
    if (line) this.last = JSON.parse(line);
  }

  /** Written as soon as nothing else is at hand: many events that came together are one write. */
  add(entry) {
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(entry);
  }

  /** Writes what was added, all of it or nothing. */
  flush() {
    if (this.#waiting.length === 0) return;
    appendFileSync(this.#path, this.#waiting.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    this.last = this.#waiting.at(-1);
    this.#waiting = [];
  }
}
