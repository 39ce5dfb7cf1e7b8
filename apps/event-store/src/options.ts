import { parseArgs } from 'node:util';

export interface Options {
  readonly dataFolder: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

export const HELP = `Usage: event-store [options]

One event store node for one machine, speaking EventStoreDB's gRPC protocol.

  --data <folder>  where the events are kept      EVENT_STORE_DATA  .data/event-store
  --host <address> address to listen on           EVENT_STORE_HOST  127.0.0.1
  --port <number>  port, 0 for any that is free   EVENT_STORE_PORT  2113
  --help           show this

A flag wins over the variable of the environment beside it.`;

/** Undefined when help is asked for. Throws with the reason when an option cannot be understood. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: environment.EVENT_STORE_DATA ?? '.data/event-store' },
      host: { type: 'string', default: environment.EVENT_STORE_HOST ?? '127.0.0.1' },
      port: { type: 'string', default: environment.EVENT_STORE_PORT ?? '2113' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`--port ${values.port} is not a port: give 0 to 65535.`);
  return { dataFolder: values.data, host: values.host, port };
}
