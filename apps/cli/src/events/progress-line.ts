import type { WriteStream } from 'node:tty';
import type { CopyProgress } from '#event-store';

/** On a terminal one line that is written over; elsewhere, as in a log, a new line now and then. */
const terminalIntervalMs = 500;
const logIntervalMs = 10_000;

/** Says how far a long run is, how fast it goes and how long it may still take. */
export class ProgressLine {
  #step: CopyProgress['step'] | null = null;
  #startedAtMs = 0;
  #startCount = 0;
  #toldAtMs = 0;
  #isOpen = false;

  constructor(
    private readonly output: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean },
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  tell({ step, eventCount, totalCount }: CopyProgress): void {
    const nowMs = this.nowMs();
    if (step !== this.#step) {
      this.#step = step;
      this.#startedAtMs = nowMs;
      this.#startCount = eventCount;
    } else if (nowMs - this.#toldAtMs < (this.output.isTTY ? terminalIntervalMs : logIntervalMs)) {
      return;
    }
    this.#toldAtMs = nowMs;
    this.#write(lineOf(step, eventCount, totalCount, this.#rate(eventCount, nowMs)));
  }

  /** Leaves the cursor on a line of its own. */
  end(): void {
    if (this.#isOpen) this.output.write('\n');
    this.#isOpen = false;
  }

  /** Events a second in this step, or null while it is too early to say. */
  #rate(eventCount: number, nowMs: number): number | null {
    const elapsedMs = nowMs - this.#startedAtMs;
    return elapsedMs > 0 && eventCount > this.#startCount ? ((eventCount - this.#startCount) * 1000) / elapsedMs : null;
  }

  #write(line: string): void {
    if (!this.output.isTTY) return void this.output.write(`${line}\n`);
    this.output.write(`\r\u001b[K${line}`);
    this.#isOpen = true;
  }
}

function lineOf(step: string, eventCount: number, totalCount: number | null, ratePerSecond: number | null): string {
  const count = (value: number): string => Math.round(value).toLocaleString('en');
  const parts = [`${step}: ${count(eventCount)}${totalCount === null ? '' : ` of ${count(totalCount)}`} events`];
  if (ratePerSecond !== null) {
    parts.push(`${count(ratePerSecond)} a second`);
    if (totalCount !== null) parts.push(`${count((totalCount - eventCount) / ratePerSecond)} s left`);
  }
  return parts.join(', ');
}
