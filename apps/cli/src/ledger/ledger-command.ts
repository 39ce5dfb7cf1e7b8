import { Command } from 'commander';
import { readSettings } from '#platform';
import { openLedger, type OpenLedger } from './open-ledger.js';

/** A command on a ledger that is found by the settings, as the service finds it. */
export function ledgerCommand<Options extends object>(
  name: string,
  run: (ledger: OpenLedger, options: Options, command: Command) => Promise<void>,
): Command {
  return new Command(name)
    .option('--data <folder>', "the ledger's data folder (default: LEDGER_DATA_DIR, or .data)")
    .action(async (...given: unknown[]) => {
      // Behind the command's arguments, of which some have none.
      const command = given.at(-1) as Command;
      const options = command.opts<Options & { readonly data?: string }>();
      const { data } = options;
      const env = data === undefined ? process.env : { ...process.env, LEDGER_DATA_DIR: data };
      const ledger = await openLedger(readSettings({ LOG_LEVEL: 'warn', ...env }));
      try {
        await run(ledger, options, command);
      } finally {
        await ledger.close();
      }
    });
}
