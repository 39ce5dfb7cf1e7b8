import { Command } from 'commander';
import { demoCommand } from './demo/demo.command.js';
import { rebuildCommand } from './rebuild/rebuild.command.js';
import { releaseCommand } from './release/release.command.js';
import { statusCommand } from './status/status.command.js';
import { verifyCommand } from './verify/verify.command.js';
import { verifyExportCommand } from './verify-export/verify-export.command.js';
import { eventsCommand } from './events/events.command.js';

const print = (text: string) => console.log(text);

const program = new Command('ledger')
  .description('Seat Ledger: tools for those who run it')
  .addCommand(demoCommand(print))
  .addCommand(statusCommand(print))
  .addCommand(rebuildCommand(print))
  .addCommand(releaseCommand(print))
  .addCommand(verifyCommand(print))
  .addCommand(verifyExportCommand(print))
  .addCommand(eventsCommand(print))
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // 1 is for what a command has found; this one could not do its work.
  process.exitCode = 2;
}
