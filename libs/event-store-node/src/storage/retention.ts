/** Which of a stream's events may be seen, as its metadata says. */
export interface RetentionPolicy {
  /** Events of lower revisions are hidden. */
  readonly truncateBefore?: number;
  readonly maxCount?: number;
  readonly maxAgeSeconds?: number;
}

/** A stream that is deleted softly hides all up to here; the wire spells it as the largest signed 64-bit number. */
export const TRUNCATE_EVERYTHING = Number.MAX_SAFE_INTEGER;
const TRUNCATE_EVERYTHING_TEXT = '9223372036854775807';

export const isSoftDeleted = (policy: RetentionPolicy): boolean => policy.truncateBefore === TRUNCATE_EVERYTHING;

/** The policy in a `$metadata` event. What is no JSON object, or no such number, says nothing. */
export function parseRetention(data: Uint8Array): RetentionPolicy {
  const metadata = parseMetadata(data);
  return {
    ...whole('truncateBefore', metadata['$tb']),
    ...whole('maxCount', metadata['$maxCount']),
    ...whole('maxAgeSeconds', metadata['$maxAge']),
  };
}

/** The same metadata with another `$tb`; numbers beyond 2^53 are written as text because JSON here cannot hold them. */
export function withTruncateBefore(data: Uint8Array, revision: number): Buffer {
  const { $tb: _, ...rest } = parseMetadata(data);
  const truncateBefore = revision === TRUNCATE_EVERYTHING ? TRUNCATE_EVERYTHING_TEXT : String(revision);
  const others = JSON.stringify(rest).slice(1, -1);
  return Buffer.from(`{"$tb":${truncateBefore}${others && ','}${others}}`);
}

/** First revision that the counts allow; age is looked up in the events themselves. */
export function firstRevisionByCount(policy: RetentionPolicy, lastRevision: number): number {
  const byCount = policy.maxCount === undefined ? 0 : lastRevision - policy.maxCount + 1;
  return Math.max(policy.truncateBefore ?? 0, byCount, 0);
}

function parseMetadata(data: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(data).toString());
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function whole<Name extends string>(name: Name, value: unknown): { [K in Name]?: number } {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return {};
  return { [name]: Math.min(value, TRUNCATE_EVERYTHING) } as { [K in Name]?: number };
}
