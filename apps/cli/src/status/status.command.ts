import type { Command } from 'commander';
import { formatPosition, type Position } from '#event-store';
import { parkedLicenses, readModelStatus, waitingMax, type ParkedLicense, type SchemaStatus } from '#read-model';
import { ledgerCommand } from '../ledger/ledger-command.js';
import type { OpenLedger } from '../ledger/open-ledger.js';

const parkedShownMax = 50;
/** Rows that are further behind show too old a ledger, as `/health/ready` has it. */
const lagMaxMs = 30_000;

export function statusCommand(print: (text: string) => void): Command {
  return ledgerCommand<{ readonly json?: true }>('status', async (ledger, { json }) => {
    const status = await statusOf(ledger);
    print(json ? JSON.stringify(status, null, 2) : described(status));
    if (!status.ok) process.exitCode = 1;
  })
    .description('show how far the read model has come, what is parked and why')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      '\nExit status: 0 all is well, 1 something is parked, behind or missing, 2 the ledger could not be asked.',
    );
}

interface Status {
  readonly ok: boolean;
  readonly eventStore: { readonly end: string };
  readonly schemas: readonly (Omit<SchemaStatus, 'position'> & { readonly position: string })[];
  readonly parked: readonly ParkedLicense[];
}

async function statusOf({ store, pool }: OpenLedger): Promise<Status> {
  const end = formatPosition(await store.lastPosition());
  const schemas = await readModelStatus(pool, store, Date.now());
  const serving = schemas.find(({ use }) => use === 'serves');
  const ok =
    serving !== undefined && serving.complete && serving.parkedStreams === 0 && serving.waiting.lagMs <= lagMaxMs;
  return {
    ok,
    eventStore: { end },
    schemas: schemas.map((schema) => ({ ...schema, position: textOf(schema.position) })),
    parked: serving ? await parkedLicenses(pool, serving.name, parkedShownMax) : [],
  };
}

function textOf(position: Position | 'start'): string {
  return position === 'start' ? position : formatPosition(position);
}

const uses = {
  serves: 'answers the queries of this version',
  rebuild: 'is being rebuilt, to take its place',
  other: 'belongs to another version of the program',
} as const;

function described({ ok, eventStore, schemas, parked }: Status): string {
  const lines = [`event store  its log ends at ${eventStore.end}`];
  for (const { name, use, position, complete, waiting, parkedStreams } of schemas) {
    lines.push(
      `read model   ${name} ${uses[use]}`,
      `               at ${position}, ${behind(waiting)}${complete ? '' : '; not complete yet'}`,
      `               ${parkedStreams} parked`,
    );
  }
  if (!schemas.some(({ use }) => use === 'serves')) {
    lines.push('read model   none of this version yet: start the ledger, or run `npm run ledger -- rebuild`');
  }
  for (const { stream, domain, eventType, revision, eventId, reason, parkedAt } of parked) {
    lines.push(
      `parked       ${domain ?? stream} since ${parkedAt}`,
      `               at ${eventType}, revision ${revision} of ${stream}, event ${eventId}`,
      `               because ${reason}`,
    );
  }
  if (parked.length > 0) {
    lines.push('Its later events wait with it. When the cause is mended, run: npm run ledger -- release');
  }
  lines.push(ok ? 'All is well.' : 'Something needs a look.');
  return lines.join('\n');
}

function behind({ events, lagMs }: { readonly events: number; readonly lagMs: number }): string {
  if (events === 0) return 'up to date';
  const count = events >= waitingMax ? `${waitingMax} or more` : String(events);
  return `${count} events behind, the oldest for ${(lagMs / 1000).toFixed(1)} s`;
}
