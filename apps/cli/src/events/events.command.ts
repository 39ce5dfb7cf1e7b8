import { Command } from 'commander';
import { copyCommand } from './copy.command.js';

export function eventsCommand(print: (text: string) => void): Command {
  return new Command('events').description('work on the log of events itself').addCommand(copyCommand(print));
}
