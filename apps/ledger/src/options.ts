import { parseArgs } from 'node:util';

export const roles = ['api', 'projector', 'worker'] as const;
export type ProcessRole = (typeof roles)[number];

export interface Options {
  readonly roles: ReadonlySet<ProcessRole>;
}

export const help = `Usage: ledger [--roles <role>,...]

The Seat Ledger service. Settings come from the environment (PORT, LEDGER_DATA_DIR, ...; see README.md).

  --roles  what this process does, all by default:
             api        answers HTTP
             projector  keeps the read model up with the events
             worker     does what falls due: renewals, deadlines, pushes to instances
           Processes that share the work need EVENTSTORE_CONNECTION_STRING, DATABASE_URL and REDIS_URL.
  --help   show this

Every process answers /health/live, /health/ready and /metrics at its PORT.`;

/** Undefined when help is asked for. @throws Error with what is wrong */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { roles: { type: 'string', default: roles.join(',') }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return undefined;
  const named = values.roles.split(',').map((name) => name.trim());
  const unknown = named.filter((name) => !(roles as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`--roles: there is no role '${unknown[0]}'. Choose from ${roles.join(', ')}.`);
  return { roles: new Set(named as ProcessRole[]) };
}
