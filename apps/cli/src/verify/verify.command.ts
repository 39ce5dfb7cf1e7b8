import type { Command } from 'commander';
import { logOf, verifyLedger, type Finding, type Progress } from '#audit';
import { formatPosition } from '#event-store';
import { ledgerSchema } from '#read-model';
import { counted } from '../ledger/counted.js';
import { ledgerCommand } from '../ledger/ledger-command.js';
import { everySoOften } from '../ledger/progress.js';

interface Options {
  readonly json?: true;
  readonly temp?: string;
  readonly schema: string;
  readonly show: string;
}

export function verifyCommand(print: (text: string) => void): Command {
  return ledgerCommand<Options>('verify', async ({ store, pool }, { json, temp, schema, show }) => {
    const shownMax = Number(show);
    let shown = 0;
    const report = (finding: Finding): void => {
      if ((shown += 1) > shownMax) return;
      print(json ? JSON.stringify(finding) : described(finding));
    };
    const progress = everySoOften<Progress>(
      ({ events, licenses }) => `${events} events read, ${licenses} licenses checked`,
    );
    const options = { log: logOf(store), db: pool, schema, report, progress, temporaryFolder: temp };
    const { events, licenses, findings, upTo, creditFingerprint } = await verifyLedger(options);
    if (findings > shownMax) print(`and ${findings - shownMax} more; --show sets how many are shown`);
    const outcome =
      findings === 0 ? 'every figure recomputes, every row is as the events have it' : `${findings} faults`;
    if (!json) {
      const place = upTo === 'start' ? 'its beginning' : formatPosition(upTo);
      print(`${counted(events, 'event')} of ${counted(licenses, 'license')}, up to ${place} in the log: ${outcome}`);
      print(`fingerprint of the credit ledger ${creditFingerprint}`);
    }
    if (findings > 0) process.exitCode = 1;
  })
    .description('recompute the ledger from its events, and compare every row of the read model')
    .option('--json', 'one finding to a line')
    .option('--show <n>', 'how many findings are shown', '100')
    .option('--temp <folder>', 'where the log is sorted by license; it takes about as much space as the log')
    .option('--schema <name>', 'the rows to compare', ledgerSchema)
    .addHelpText('after', '\nExit status: 0 all is well, 1 faults were found, 2 the ledger could not be checked.');
}

function described({ license, figure, expected, found, event }: Finding): string {
  const where = event === null ? '' : `  (event ${event.id}, revision ${event.revision} of ${event.stream})`;
  return `${license ?? '-'}  ${figure} is ${textOf(found)}, and should be ${textOf(expected)}${where}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent');
}
