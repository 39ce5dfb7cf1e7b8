import { Command } from 'commander';
import { demoCommand } from './demo/demo.command.js';

const print = (text: string) => console.log(text);

const program = new Command('ledger')
  .description('Seat Ledger: tools for those who run it')
  .addCommand(demoCommand(print))
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
