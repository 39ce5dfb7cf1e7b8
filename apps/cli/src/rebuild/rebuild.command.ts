import type { Command } from 'commander';
import { rebuildLedger, rebuildSchema, type Rebuilt, type RebuildProgress, type SchemaDifference } from '#read-model';
import { ledgerCommand } from '../ledger/ledger-command.js';
import { everySoOften } from '../ledger/progress.js';

interface Options {
  readonly fresh?: true;
  readonly accept?: true;
}

/** All views are one: they are filled from the same fold, and equally far. */
const view = 'ledger';
const shownMax = 20;

export function rebuildCommand(print: (text: string) => void): Command {
  return ledgerCommand<Options>('rebuild', async ({ pool, store }, { fresh, accept }, command) => {
    const [named = view] = command.args;
    if (named !== view) {
      throw new Error(
        `There is no view '${named}' to be rebuilt alone: all are the view '${view}', folded and written together.`,
      );
    }
    const stopping = new AbortController();
    process.once('SIGINT', () => stopping.abort(new Stopped())).once('SIGTERM', () => stopping.abort(new Stopped()));
    const log = { log: () => undefined, warn: () => undefined, error: (message: string) => console.error(message) };
    const rebuilt = await rebuildLedger({
      ...{ pool, store, log, signal: stopping.signal, progress: everySoOften(describedProgress) },
      ...{ fresh: fresh ?? false, accept: accept ?? false },
    });
    for (const line of described(rebuilt)) print(line);
    if (rebuilt.outcome === 'differs') process.exitCode = 1;
  })
    .description('fill the read model anew from the events, beside the one that serves, compare, and switch')
    .argument('[view]', `what is rebuilt; there is '${view}', which is all views`, view)
    .option('--fresh', 'begin anew, instead of going on where an earlier rebuild has stopped')
    .option('--accept', 'switch although the rebuilt rows differ from those that serve')
    .addHelpText(
      'after',
      '\nExit status: 0 the rebuilt rows serve, 1 they differ and wait beside those that serve, 2 it could not be done.',
    );
}

class Stopped extends Error {
  constructor() {
    super('Stopped. What is filled stays: run rebuild again to go on.');
  }
}

function describedProgress(progress: RebuildProgress): string {
  const share = `${(progress.share * 100).toFixed(1)} %`;
  if (progress.doing === 'comparing') return `comparing: ${share}`;
  return `filling: ${progress.events} events, ${progress.eventsPerSecond} a second, ${share} of the log`;
}

function described({ outcome, differences }: Rebuilt): string[] {
  if (outcome === 'filled') return ['The read model is filled. Nothing of this version was served before.'];
  const shown = differences.slice(0, shownMax).map(differenceText);
  const more = differences.length > shownMax ? [`and ${differences.length - shownMax} more`] : [];
  if (outcome === 'switched') {
    const found = differences.length === 0 ? 'They are what has served before.' : 'They differ in:';
    return [`The rebuilt rows serve now. ${found}`, ...shown, ...more];
  }
  return [
    'The rebuilt rows differ from those that serve, and were not switched:',
    ...[...shown, ...more],
    `Which of the two are right, the events tell:`,
    `  npm run ledger -- verify`,
    `  npm run ledger -- verify --schema ${rebuildSchema}`,
    'If it is the rebuilt ones, npm run ledger -- rebuild --accept lets them serve.',
  ];
}

function differenceText({ table, licenseId }: SchemaDifference): string {
  return licenseId === null ? table : `${table} of license ${licenseId}`;
}
