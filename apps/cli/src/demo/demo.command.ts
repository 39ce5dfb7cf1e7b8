import { Command } from 'commander';
import { issueLocalToken } from '#auth';
import { LedgerApi } from '../api.js';
import { demoStartsAt, playDemo } from './demo.js';
import { startOwnLedger } from './own-ledger.js';
import { startOwnSimulator } from './own-simulator.js';

interface DemoOptions {
  readonly url?: string;
  readonly token?: string;
  readonly ledgerData?: string;
}

export function demoCommand(print: (text: string) => void): Command {
  return new Command('demo')
    .description('play the customer stories and the worked examples against a ledger on a test clock, and print them')
    .option('--url <url>', 'a running ledger with LEDGER_TEST_CLOCK; without it one is started and thrown away')
    .option('--token <token>', "an admin's bearer token for --url (npm run --silent token -- --role admin)")
    .option(
      '--ledger-data <folder>',
      "the data folder of the ledger at --url, whose key makes the helpdesks' tokens; without it their story is left out",
    )
    .action(async ({ url, token, ledgerData }: DemoOptions) => {
      // The time of the run keeps its domains apart from those of runs before on the same ledger.
      const run = Date.now().toString(36);
      const mismatches =
        url === undefined ? await playOnOwnLedger(run, print) : await playOn(url, token, ledgerData, run, print);
      if (mismatches > 0) process.exitCode = 1;
    });
}

async function playOn(
  url: string,
  token: string | undefined,
  ledgerData: string | undefined,
  run: string,
  print: (text: string) => void,
): Promise<number> {
  if (token === undefined) throw new Error('--url needs --token; npm run --silent token -- --role admin prints one');
  const simulator = ledgerData === undefined ? undefined : await startOwnSimulator(url, ledgerData);
  try {
    return await playDemo(new LedgerApi(url, token), run, simulator?.url, print);
  } finally {
    await simulator?.stop();
  }
}

async function playOnOwnLedger(run: string, print: (text: string) => void): Promise<number> {
  print('Starting a ledger and a helpdesk simulator of its own, on a test clock …');
  const ledger = await startOwnLedger(demoStartsAt);
  try {
    const token = await issueLocalToken(ledger.dataDir, { role: 'admin' });
    return await playOn(ledger.url, token, ledger.dataDir, run, print);
  } finally {
    await ledger.stop();
  }
}
