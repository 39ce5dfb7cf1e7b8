import type { PublicEvent, PublicEventType } from '#contracts';

/** Which events a consumer wants; without a part of it, all. */
export interface EventFilter {
  readonly types?: ReadonlySet<PublicEventType>;
  readonly licenseId?: string;
}

export function isWanted({ type, subject }: PublicEvent, { types, licenseId }: EventFilter): boolean {
  return (types === undefined || types.has(type)) && (licenseId === undefined || licenseId === subject);
}
