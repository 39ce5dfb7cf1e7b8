import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EventStoreNodeOptions } from '#event-store-node';

export const HELP = `Usage: event-store [options]

One event store node for one machine, speaking EventStoreDB's gRPC protocol.

  --data <folder>          where the events are kept         EVENT_STORE_DATA  .data/event-store
  --host <address>         address to listen on              EVENT_STORE_HOST  127.0.0.1
  --port <number>          port, 0 for any that is free      EVENT_STORE_PORT  2113
  --advertise <address>    what clients are told to call     EVENT_STORE_ADVERTISE  the host
  --tls-cert <file>        certificate, PEM                  EVENT_STORE_TLS_CERT
  --tls-key <file>         its key, PEM                      EVENT_STORE_TLS_KEY
  --max-append <bytes>     most that one append may hold     EVENT_STORE_MAX_APPEND  1048576
  --link-streams           keep $ce-<category> and $et-<type>  EVENT_STORE_LINK_STREAMS=true
  --help                   show this

The password of the user "admin" is EVENT_STORE_ADMIN_PASSWORD (changeit). With TLS and a password of its own, every
call needs credentials; an address other than this machine's own needs both.
A flag wins over the variable of the environment beside it.`;

/** Undefined when help is asked for. Throws with the reason when an option cannot be understood. */
export function readOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): EventStoreNodeOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: environment.EVENT_STORE_DATA ?? '.data/event-store' },
      host: { type: 'string', default: environment.EVENT_STORE_HOST ?? '127.0.0.1' },
      port: { type: 'string', default: environment.EVENT_STORE_PORT ?? '2113' },
      advertise: { type: 'string', default: environment.EVENT_STORE_ADVERTISE ?? '' },
      'tls-cert': { type: 'string', default: environment.EVENT_STORE_TLS_CERT ?? '' },
      'tls-key': { type: 'string', default: environment.EVENT_STORE_TLS_KEY ?? '' },
      'max-append': { type: 'string', default: environment.EVENT_STORE_MAX_APPEND ?? '1048576' },
      'link-streams': { type: 'boolean', default: environment.EVENT_STORE_LINK_STREAMS === 'true' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    dataFolder: values.data,
    host: values.host,
    port: wholeNumber('--port', values.port, 0, 65_535),
    advertisedHost: values.advertise || undefined,
    tls: readTls(values['tls-cert'], values['tls-key']),
    adminPassword: environment.EVENT_STORE_ADMIN_PASSWORD || undefined,
    appendBytesMax: wholeNumber('--max-append', values['max-append'], 1, 16 * 1024 * 1024),
    linkStreams: values['link-streams'],
  };
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(`${name} ${text} cannot be used: give a whole number from ${min} to ${max}.`);
}

function readTls(certificateFile: string, keyFile: string): EventStoreNodeOptions['tls'] {
  if (!certificateFile && !keyFile) return undefined;
  if (!certificateFile || !keyFile) throw new Error('TLS needs both, --tls-cert and --tls-key.');
  return { certificate: readFileSync(certificateFile), key: readFileSync(keyFile) };
}
