import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../data-folder/write-file-atomically.js';
import { Clock } from './clock.js';
import { parseInstant } from './instant.js';

/** The instant asked for lies before the clock's own, or is no instant. */
export class ClockMoveError extends Error {
  override readonly name = 'ClockMoveError';
  constructor(
    readonly code: 'clock-backwards' | 'not-an-instant',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Time that stands still until it is moved, and moves forward only. The instant is kept in the data folder, written
 * before anybody can read it from this clock, so that time never runs backwards across a restart either, and is the
 * same in every process on the folder.
 */
export class TestClock extends Clock {
  private constructor(
    private readonly file: string,
    private currentMs: number,
  ) {
    super();
  }

  /** Continues where the folder's clock stood, but not before `notBefore` (RFC 3339). The folder must exist. */
  static open(dataDir: string, notBefore: string): TestClock {
    const notBeforeMs = instantOf(notBefore);
    const leftAtMs = readTestClock(dataDir) ?? -Infinity;
    const clock = new TestClock(testClockFile(dataDir), Math.max(notBeforeMs, leftAtMs));
    // A clock that needs no change is not written: another process may be moving it on just now.
    if (leftAtMs < notBeforeMs) clock.persist(notBeforeMs);
    return clock;
  }

  override nowMs(): number {
    this.currentMs = Math.max(this.currentMs, instantOf(readFileSync(this.file, 'utf8').trim()));
    return this.currentMs;
  }

  /** @throws ClockMoveError unless `instant` is an RFC 3339 instant that is not before now */
  assertAhead(instant: string): void {
    if (instantOf(instant) >= this.nowMs()) return;
    throw new ClockMoveError('clock-backwards', `The test clock stands at ${this.now()} and only moves forward.`);
  }

  /** Moves to an RFC 3339 instant that is not before now; throws ClockMoveError. */
  moveTo(instant: string): void {
    this.assertAhead(instant);
    this.persist(instantOf(instant));
  }

  private persist(instantMs: number): void {
    writeFileAtomically(this.file, `${new Date(instantMs).toISOString()}\n`);
    this.currentMs = instantMs;
  }
}

/** Where a folder's test clock last stood, in milliseconds since 1970; undefined when it never had one. */
export function readTestClock(dataDir: string): number | undefined {
  try {
    return instantOf(readFileSync(testClockFile(dataDir), 'utf8').trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function testClockFile(dataDir: string): string {
  return join(dataDir, 'test-clock');
}

function instantOf(text: string): number {
  const instantMs = parseInstant(text);
  if (instantMs !== undefined) return instantMs;
  throw new ClockMoveError('not-an-instant', `"${text}" is no RFC 3339 instant; write 2026-06-01T00:00:00Z.`);
}
