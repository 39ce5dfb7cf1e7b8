import { Command } from 'commander';
import { issueLocalToken } from '#auth';
import { LedgerApi } from '../api.js';
import { demoStartsAt, playDemo } from './demo.js';
import { startOwnLedger } from './own-ledger.js';

interface DemoOptions {
  readonly url?: string;
  readonly token?: string;
}

export function demoCommand(print: (text: string) => void): Command {
  return new Command('demo')
    .description('play the customer stories and the worked examples against a ledger on a test clock, and print them')
    .option('--url <url>', 'a running ledger with LEDGER_TEST_CLOCK; without it one is started and thrown away')
    .option('--token <token>', "an admin's bearer token for --url (npm run --silent token -- --role admin)")
    .action(async ({ url, token }: DemoOptions) => {
      // The time of the run keeps its domains apart from those of runs before on the same ledger.
      const run = Date.now().toString(36);
      const mismatches = url === undefined ? await playOnOwnLedger(run, print) : await playOn(url, token, run, print);
      if (mismatches > 0) process.exitCode = 1;
    });
}

async function playOn(url: string, token: string | undefined, run: string, print: (text: string) => void) {
  if (token === undefined) throw new Error('--url needs --token; npm run --silent token -- --role admin prints one');
  return playDemo(new LedgerApi(url, token), run, print);
}

async function playOnOwnLedger(run: string, print: (text: string) => void): Promise<number> {
  print('Starting a ledger of its own, on a test clock …');
  const ledger = await startOwnLedger(demoStartsAt);
  try {
    const token = await issueLocalToken(ledger.dataDir, { role: 'admin' });
    return await playDemo(new LedgerApi(ledger.url, token), run, print);
  } finally {
    await ledger.stop();
  }
}
