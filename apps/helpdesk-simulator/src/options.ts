import { parseArgs } from 'node:util';

export interface Options {
  readonly ledger: string;
  /** The ledger's data folder, whose key makes the instances' tokens. */
  readonly ledgerData: string;
  readonly host: string;
  readonly port: number;
  readonly data: string;
}

export const help = `Usage: helpdesk-simulator [--ledger <url>] [--ledger-data <folder>] [--port <port>] [--data <folder>]

Plays helpdesk instances against a Seat Ledger on this machine: any number, each below /instances/<domain>.
Register a license with callbackUrl <simulator>/instances/<domain>/entitlement, and change its seats.

  --ledger       where the ledger is (http://127.0.0.1:3000)
  --ledger-data  its data folder, whose key makes the instances' tokens (.data)
  --host         the address to listen on (127.0.0.1)
  --port         the port to listen on, 0 for a free one (4000)
  --data         where the instances keep their state (.data-simulator)
  --help         show this

  GET  /instances/<domain>              its entitlement, its staff, whether it is locked, what was pushed to it
  POST /instances/<domain>/entitlement  what the ledger calls: both signatures are checked, older revisions ignored
  POST /instances/<domain>/connect      what an instance does once: learns its secret, then as fetch
  POST /instances/<domain>/fetch        fetches the entitlement and acknowledges it, as one behind a firewall does
  POST /instances/<domain>/staff        { "active": 3 } sets the active staff within the seats and reports it;
                                        { "active": 3, "force": true } beyond them too
  PUT  /instances/<domain>/behaviour    { "kind": "well" | "slow" | "fail" | "wrong" | "away", "delayMs": 500 }`;

/** Undefined when help is asked for. @throws Error with what is wrong */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ledger: { type: 'string', default: 'http://127.0.0.1:3000' },
      'ledger-data': { type: 'string', default: '.data' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4000' },
      data: { type: 'string', default: '.data-simulator' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (!URL.canParse(values.ledger)) throw new Error(`--ledger: '${values.ledger}' is no URL.`);
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new Error(`--port: '${values.port}' is no port.`);
  const { ledger, 'ledger-data': ledgerData, host, data } = values;
  return { ledger, ledgerData, host, port, data };
}
