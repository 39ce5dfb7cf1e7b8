import { formatPosition, type Position } from './position.js';

/** Where an event stood in the log that it was copied from. */
export interface Origin {
  /** When that store wrote it, in units of 100 ns since 1970: what a store keeps. */
  readonly createdTicks: bigint;
  readonly position: Position;
  readonly revision: bigint;
}

/**
 * The key of a copied event's metadata that holds its origin:
 * `{"recordedAt":"2026-06-11T09:30:00.004Z","position":"<commit>/<prepare>","revision":4}`.
 *
 * A store gives an event its own time and its own position, and no client can choose either; so the first ones travel
 * here. An event that is copied once more keeps the origin that it has.
 */
export const originKey = 'copiedFrom';

const closingBrace = 0x7d;

/**
 * The metadata with its origin in it, byte for byte as it was otherwise. Null when it has no room for one: metadata
 * that is no JSON object, or that uses the key for something else, has to stay as it is.
 */
export function withOrigin(metadata: Buffer, origin: Origin): Buffer | null {
  const entry = `${JSON.stringify(originKey)}:${originJson(origin)}`;
  if (metadata.length === 0) return Buffer.from(`{${entry}}`);
  const parsed = parseObject(metadata);
  if (!parsed) return null;
  if (originKey in parsed) return recordedAtOf(parsed) ? metadata : null;
  const end = metadata.lastIndexOf(closingBrace);
  const comma = Object.keys(parsed).length > 0 ? ',' : '';
  return Buffer.concat([metadata.subarray(0, end), Buffer.from(comma + entry), metadata.subarray(end)]);
}

/** When the first store wrote the event, or null when its metadata carries no origin. */
export function recordedAtOf(metadata: unknown): Date | null {
  if (metadata === null || typeof metadata !== 'object') return null;
  const origin = (metadata as Record<string, unknown>)[originKey] as
    { readonly recordedAt?: unknown } | null | undefined;
  if (typeof origin?.recordedAt !== 'string') return null;
  const recordedAt = new Date(origin.recordedAt);
  return Number.isNaN(recordedAt.getTime()) ? null : recordedAt;
}

function originJson({ createdTicks, position, revision }: Origin): string {
  return JSON.stringify({
    recordedAt: instantOf(createdTicks),
    position: formatPosition(position),
    revision: Number(revision),
  });
}

/** With seven digits only where milliseconds do not say it all. */
function instantOf(ticks: bigint): string {
  const instant = new Date(Number(ticks / 10_000n)).toISOString();
  const rest = ticks % 10_000n;
  return rest === 0n ? instant : instant.replace('Z', `${String(rest).padStart(4, '0')}Z`);
}

function parseObject(metadata: Buffer): object | null {
  try {
    const parsed: unknown = JSON.parse(metadata.toString());
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
