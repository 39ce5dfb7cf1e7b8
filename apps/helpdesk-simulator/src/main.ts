import { issueLocalToken } from '#auth';
import { runAsChild } from '#platform';
import { LedgerClient } from './ledger-client.js';
import { help, readOptions, type Options } from './options.js';
import { Simulator } from './simulator.js';

async function start({ ledger, ledgerData, host, port, data }: Options) {
  const client = new LedgerClient(ledger, (domain) => issueLocalToken(ledgerData, { role: 'helpdesk', domain }));
  const simulator = await Simulator.start({ host, port, folder: data, ledger: client });
  console.log(`Helpdesk instances at ${simulator.url}/instances/<domain>, for the ledger at ${ledger}`);
  return { ready: { url: simulator.url }, stop: () => simulator.stop() };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await runAsChild(() => start(options));
  else console.log(help);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
