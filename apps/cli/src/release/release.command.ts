import type { Command } from 'commander';
import { releaseParked } from '#read-model';
import { ledgerCommand } from '../ledger/ledger-command.js';

export function releaseCommand(print: (text: string) => void): Command {
  return ledgerCommand('release', async ({ pool }) => {
    const { released, left } = await releaseParked(pool);
    print(`${released} released, ${left} parked as before${left > 0 ? ': npm run ledger -- status says why' : ''}`);
    if (left > 0) process.exitCode = 1;
  })
    .description('try everything that is parked again, beside a running ledger or without one')
    .addHelpText('after', '\nExit status: 0 nothing is parked any more, 1 something is, 2 it could not be tried.');
}
