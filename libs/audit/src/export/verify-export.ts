import { CreditChains, ordinalOf, type ChainHead } from './credit-chains.js';
import { readCredits } from './credit-file.js';

/** Something in the file that can't be. */
export interface ExportFault {
  readonly line: number;
  readonly entryId: string;
  readonly licenseId: string;
  readonly fault: string;
}

export interface ExportSummary {
  readonly entries: number;
  readonly licenses: number;
  /** Licenses whose history begins before the file. */
  readonly cut: number;
  readonly faults: number;
  /** Two files with the same one end with the same entry for each license. */
  readonly fingerprint: string;
}

/**
 * Checks an exported file without the database, and, where an earlier export is given, that everything it ended with is
 * still there as it was.
 *
 * @throws UnreadableExport for a file that is none
 */
export async function verifyExport(
  file: string,
  report: (fault: ExportFault) => void,
  earlier?: string,
): Promise<ExportSummary> {
  const promised = earlier === undefined ? new Map<string, ChainHead>() : await headsOf(earlier);
  const chains = new CreditChains();
  let faults = 0;
  const tell = (fault: ExportFault): void => {
    faults += 1;
    report(fault);
  };
  for await (const { entry, line } of readCredits(file)) {
    const { entryId, licenseId } = entry;
    const kept = promised.get(licenseId);
    for (const fault of chains.add(entry)) tell({ line, entryId, licenseId, fault });
    if (kept?.ordinal !== ordinalOf(entryId)) continue;
    promised.delete(licenseId);
    if (kept.hash !== entry.hash) {
      tell({ line, entryId, licenseId, fault: 'the earlier export has it, or an entry before it, with other content' });
    }
  }
  for (const [licenseId, { ordinal }] of promised) {
    const fault = `the earlier export has entry number ${ordinal} of the license, which is not in this file`;
    tell({ line: 0, entryId: '', licenseId, fault });
  }
  const { entries, licenses, cut } = chains;
  return { entries, licenses, cut: cut.size, faults, fingerprint: chains.fingerprint() };
}

async function headsOf(file: string): Promise<Map<string, ChainHead>> {
  const chains = new CreditChains();
  for await (const { entry } of readCredits(file)) chains.add(entry);
  return new Map(chains.heads());
}
