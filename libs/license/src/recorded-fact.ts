import type { EventPlace } from './credit-entry.js';
import type { LicenseEvent } from './events.js';

/** An event of a license as the store has it: where it stands, when it was recorded, and who asked for it. */
export interface RecordedFact extends EventPlace {
  readonly event: LicenseEvent;
  /** `time` for what fell due by itself. */
  readonly actor: { readonly id: string; readonly role: string };
}
