import type { Aggregate } from '#event-store';
import { decodeEvent, encodeEvent, evolve, type LicenseEvent, type LicenseHistory } from '#license';

/** A license as the event store sees it. */
export const licenseAggregate: Aggregate<LicenseHistory, LicenseEvent> = {
  initial: null,
  evolve,
  codec: { encode: (event) => encodeEvent(event), decode: (stored) => decodeEvent(stored) },
};
