import type { CreditEntry } from '#contracts';
import type { RecordedEvent } from '#event-store';
import type { Catalogue, LicenseEvent, LicenseState } from '#license';
import type { Queryable } from '#projection-engine';

/** One event of a license, and what the license has come to with it. */
export interface LicenseChange {
  readonly event: LicenseEvent;
  readonly recorded: RecordedEvent;
  readonly revision: number;
  /** After the event, without the staff roster. */
  readonly state: LicenseState;
  /** The entry of the credit ledger that the event made. */
  readonly creditEntry: CreditEntry | null;
}

/** A license as far as it was projected. */
export interface FoldedLicense {
  readonly state: LicenseState;
  readonly revision: number;
  /** Of its newest credit entry, which the next one's hash takes in; null while it has none. */
  readonly creditHash: string | null;
}

/** The rows of one view that a batch of events comes to. It lives for one batch. */
export interface View {
  /** Takes what one event changes. Whatever it throws parks the license. */
  apply?(change: LicenseChange): void;
  /** Takes what a license has come to when the batch ends. */
  settle?(license: FoldedLicense, catalogue: Catalogue): void;
  /** Writes the rows: a bounded number of statements, whatever the number of events. */
  write(transaction: Queryable, schema: string): Promise<void>;
}
