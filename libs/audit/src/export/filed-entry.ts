import type { CreditEntry } from '#contracts';

/** An entry of an exported file, and where in the file it stands. */
export interface FiledEntry {
  readonly entry: CreditEntry;
  readonly line: number;
}

/** A file that is no export of credit entries; the message says which line is not understood. */
export class UnreadableExport extends Error {
  override readonly name = 'UnreadableExport';
}
