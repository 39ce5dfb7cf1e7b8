import { Command, Option } from 'commander';
import { copyLog, EventStore, EventStoreUnavailable, withoutSecrets, type SubscriptionGroup } from '#event-store';
import { isComplete, reportOf } from './copy-report.js';
import { ProgressLine } from './progress-line.js';

interface CopyCommandOptions {
  readonly from: string;
  readonly to: string;
  readonly leaveOut?: readonly string[];
  readonly dryRun?: boolean;
}

/** A cluster may take as long as this to elect a leader, and the copy waits for it. */
const patient = { appendTimeoutMs: 15_000, readTimeoutMs: 30_000, patienceMs: 60_000 };

const help = `
Give a connection string with a password by LEDGER_COPY_FROM or LEDGER_COPY_TO: npm repeats what stands on its command
line, and the list of processes shows it. Nothing else may write to the copied streams of the target meanwhile.

Run it again whenever it was interrupted, and for what has come since: it compares what is there and goes on behind it.
At the end both logs are read and compared.

Exit status: 0 when the target is a complete copy (or, on a dry run, may become one), 1 when it is not, and 2 when it
could not be compared or written.

Example:
  $ export LEDGER_COPY_TO='esdb+discover://admin:…@cluster.example:2113'
  $ npm run ledger -- events copy --from 'esdb://127.0.0.1:2113?tls=false'

The whole way is in docs/moving-to-a-cluster.md.`;

export function copyCommand(print: (text: string) => void): Command {
  return new Command('copy')
    .description('copy the whole log to another EventStoreDB server, with ids, revisions, order, metadata and times')
    .addOption(
      new Option('--from <connection>', 'the server to copy from').env('LEDGER_COPY_FROM').makeOptionMandatory(),
    )
    .addOption(new Option('--to <connection>', 'the server to copy to').env('LEDGER_COPY_TO').makeOptionMandatory())
    .option('--leave-out <prefix...>', 'do not copy streams whose names begin like this')
    .option('--dry-run', 'write nothing: compare, and say what would be copied')
    .addHelpText('after', help)
    .action(async (options: CopyCommandOptions) => {
      if (!(await copy(options, print))) process.exitCode = 1;
    });
}

/** Whether the target is a complete copy now. */
async function copy({ from, to, leaveOut = [], dryRun = false }: CopyCommandOptions, print: (text: string) => void) {
  const names = { source: withoutSecrets(from), target: withoutSecrets(to) };
  const source = open('--from', from);
  const target = open('--to', to);
  const progress = new ProgressLine(process.stderr);
  try {
    await reach(source, `The source ${names.source}`);
    await reach(target, `The target ${names.target}`);
    const isLeftOut = (stream: string): boolean => leaveOut.some((prefix) => stream.startsWith(prefix));
    const outcome = await copyLog(source, target, { isLeftOut, dryRun, onProgress: (step) => progress.tell(step) });
    progress.end();
    const groups = await groupsOf(source);
    for (const line of reportOf(outcome, names, groups)) print(line);
    return isComplete(outcome);
  } catch (error) {
    progress.end();
    if (!(error instanceof EventStoreUnavailable)) throw error;
    throw new Error(
      `Stopped while ${error.doing}: ${reasonOf(error)}. Run the same command again: it goes on where it stopped.`,
    );
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

function open(option: string, connectionString: string): EventStore {
  try {
    return new EventStore(connectionString, patient);
  } catch (error) {
    throw new Error(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Says at once, and of which of the two, that a server cannot be reached. */
async function reach(store: EventStore, name: string): Promise<void> {
  try {
    await store.lastPosition();
  } catch (error) {
    throw new Error(`${name} cannot be read: ${reasonOf(error)}. Check the address, the certificate and the user.`);
  }
}

function reasonOf(error: unknown): string {
  const reason = error instanceof EventStoreUnavailable ? error.reason : (error as Error).message;
  return reason.replace(/\.$/, '');
}

/** Null when this user may not see them: the copy does not depend on it. */
async function groupsOf(source: EventStore): Promise<readonly SubscriptionGroup[] | null> {
  try {
    return await source.persistentSubscriptions();
  } catch {
    return null;
  }
}
