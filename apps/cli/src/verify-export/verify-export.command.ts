import { Command } from 'commander';
import { verifyExport } from '#audit';
import { counted } from '../ledger/counted.js';

/** Of more faults than this only the number is told. */
const shownMax = 100;

export function verifyExportCommand(print: (text: string) => void): Command {
  return new Command('verify-export')
    .description(
      'check an exported credit ledger (CSV or JSON lines of GET /v1/credits) against itself, without the ledger',
    )
    .argument('<file>', 'the export')
    .option('--earlier <file>', 'an earlier export: what it ended with must still be there, unchanged')
    .addHelpText('after', '\nExit status: 0 all is well, 1 faults were found, 2 the file could not be checked.')
    .action(async (file: string, { earlier }: { readonly earlier?: string }) => {
      let shown = 0;
      const { entries, licenses, cut, faults, fingerprint } = await verifyExport(
        file,
        ({ line, entryId, licenseId, fault }) => {
          if ((shown += 1) <= shownMax) print(`line ${line}  ${entryId || licenseId}  ${fault}`);
        },
        earlier,
      );
      if (faults > shownMax) print(`and ${faults - shownMax} more`);
      if (cut > 0) print(`${cut} licenses have entries from before this file, which it can say nothing about.`);
      print(
        `${entries === 1 ? '1 entry' : `${entries} entries`} of ${counted(licenses, 'license')}: ${faults === 0 ? 'every hash and every balance holds' : `${faults} faults`}`,
      );
      print(`fingerprint ${fingerprint}`);
      if (faults > 0) process.exitCode = 1;
    });
}
