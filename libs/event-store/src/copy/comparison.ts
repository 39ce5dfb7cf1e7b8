import { comparePositions, type Position } from '../position.js';
import { Digest, type Fingerprint } from './fingerprint.js';

export interface Difference {
  readonly stream: string;
  readonly revision: bigint;
  readonly kind: 'another-event' | 'other-content' | 'only-in-source' | 'only-in-target';
}

/** Differences that are named; the rest is counted. */
const namedMax = 20;

/**
 * Events of the source that may wait for their copy while the target is read. A copy changes the order of two streams
 * only where a connection broke, by no more than what was under way then; who differs by more is no copy.
 */
export const waitingMax = 100_000;

/**
 * Compares two logs event by event while both are read once, in nearly the same order: each event of the target is
 * taken, and the source is read on until its own is found. What is passed over on the way waits for its copy.
 */
export class Comparison {
  matchedCount = 0;
  sourceCount = 0;
  targetCount = 0;
  readonly sourceDigest = new Digest();
  readonly targetDigest = new Digest();
  readonly differences: Difference[] = [];
  differenceCount = 0;
  /** The last event of the source that was looked at. */
  #readTo: Position | null = null;
  readonly #waiting = new Map<string, Fingerprint>();

  constructor(
    private readonly source: AsyncIterator<Fingerprint, unknown>,
    private readonly limit = waitingMax,
  ) {}

  /** Takes the next event of the target. False when there is no point in going on: this is not a copy of the source. */
  async take(copy: Fingerprint): Promise<boolean> {
    this.targetCount++;
    this.targetDigest.add(copy.sha256);
    const original = this.#waiting.get(copy.place) ?? (await this.#readOnTo(copy.place));
    if (original) {
      this.#waiting.delete(copy.place);
      this.#match(original, copy);
    } else {
      this.differ(copy, 'only-in-target');
    }
    return this.#waiting.size <= this.limit;
  }

  /** Reads the source to its end: what still waits then has no copy. */
  async finish(): Promise<void> {
    for (;;) {
      for (const original of this.#waiting.values()) this.differ(original, 'only-in-source');
      this.#waiting.clear();
      if (!(await this.#next())) return;
    }
  }

  /** Where the source has to be read from, to find all that the target lacks. */
  get resumeFrom(): Position | 'start' {
    const [first] = this.#waiting.values();
    return first?.position ?? this.#readTo ?? 'start';
  }

  /** Whether the target lacks an event of the source, as far as it was read. */
  lacks({ place, position }: Pick<Fingerprint, 'place' | 'position'>): boolean {
    return this.#waiting.has(place) || this.#readTo === null || comparePositions(position, this.#readTo) > 0;
  }

  differ({ stream, revision }: Pick<Fingerprint, 'stream' | 'revision'>, kind: Difference['kind']): void {
    this.differenceCount++;
    if (this.differences.length < namedMax) this.differences.push({ stream, revision, kind });
  }

  #match(original: Fingerprint, copy: Fingerprint): void {
    if (original.sha256.equals(copy.sha256)) this.matchedCount++;
    else this.differ(copy, original.id === copy.id ? 'other-content' : 'another-event');
  }

  async #readOnTo(place: string): Promise<Fingerprint | null> {
    while (this.#waiting.size <= this.limit) {
      const original = await this.#next();
      if (!original || original.place === place) return original;
    }
    return null;
  }

  /** The next event of the source, which waits for its copy from now on. */
  async #next(): Promise<Fingerprint | null> {
    const { done, value } = await this.source.next();
    if (done) return null;
    this.sourceCount++;
    this.sourceDigest.add(value.sha256);
    this.#readTo = value.position;
    this.#waiting.set(value.place, value);
    return value;
  }
}
