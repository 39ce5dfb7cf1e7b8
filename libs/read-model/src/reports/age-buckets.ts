import { sql, type RawBuilder } from 'kysely';
import type { AgeBucket } from '#contracts';
import { money } from '#money';

/** The spans of age that accountants look at, in days. */
const spans = [
  { fromDays: 1, toDays: 30 },
  { fromDays: 31, toDays: 60 },
  { fromDays: 61, toDays: 90 },
  { fromDays: 91, toDays: 365 },
  { fromDays: 366, toDays: null },
] as const;

/** Bucket 0 is what has no age yet; the others are the spans in their order. */
const bucketCount = spans.length + 1;
const lowerBounds = spans.map(({ fromDays }) => fromDays);

export interface BucketRow {
  readonly bucket: number;
  readonly count: number;
  readonly amount: number;
}

/** The bucket of an age in whole days. */
export const bucketOf = (ageDays: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`width_bucket((${ageDays})::numeric, ${sql.raw(`ARRAY[${lowerBounds.join(', ')}]::numeric[]`)})`;

/** Every bucket, those with nothing in it too. @param young the name of what has no age yet */
export function agedBuckets(rows: readonly BucketRow[], currency: string, young: string): AgeBucket[] {
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return Array.from({ length: bucketCount }, (_, bucket) => {
    const span = spans[bucket - 1];
    const name =
      span === undefined ? young : span.toDays === null ? `${span.fromDays}+` : `${span.fromDays}-${span.toDays}`;
    const { count = 0, amount = 0 } = byBucket.get(bucket) ?? {};
    return {
      name,
      fromDays: span?.fromDays ?? null,
      toDays: span?.toDays ?? null,
      count,
      amount: money(amount, currency),
    };
  });
}

/** The rows by their currency, in its order. */
export function byCurrency<Row extends { readonly currency: string }>(rows: readonly Row[]): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.currency, [...(groups.get(row.currency) ?? []), row]);
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
}
