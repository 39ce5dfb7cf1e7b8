import { EventStoreDBClient } from '@eventstore/db-client';

export interface KeepAlive {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/**
 * A client that pings, and that keeps its connection string to itself.
 * @throws Error when the connection string can't be used, with the place and without its text
 */
export function connect(connectionString: string, keepAlive: KeepAlive): EventStoreDBClient {
  const known = withoutUnknownOptions(connectionString.trim());
  if (known.dropped.length > 0) {
    process.emitWarning(`Options of the event store's connection string without effect: ${known.dropped.join(', ')}.`);
  }
  try {
    return EventStoreDBClient.connectionString(connectionStringWith(known.connectionString, keepAlive));
  } catch (error) {
    // The client quotes the place that it does not understand, which may be a part of the password.
    const { location, expected } = error as { readonly location?: readonly number[]; readonly expected?: string };
    if (!location || !expected) throw error;
    throw new Error(
      `The event store's connection string cannot be understood at character ${(location[0] ?? 0) + 1}: ` +
        `${expected} expected. It looks like esdb://user:password@host:2113?tls=true.`,
    );
  }
}

/** Adds what the connection string leaves open: without pings, a connection that dies in silence is never noticed. */
export function connectionStringWith(connectionString: string, keepAlive: KeepAlive): string {
  const wanted = { keepAliveInterval: keepAlive.intervalMs, keepAliveTimeout: keepAlive.timeoutMs };
  let result = connectionString.trim();
  for (const [name, valueMs] of Object.entries(wanted)) {
    const given = new RegExp(`[?&]${name}=(-?\\d+)`, 'i').exec(result);
    if (given && Number(given[1]) < 0) {
      throw new Error(`The connection string turns ${name} off: remove it, or a dead connection goes unnoticed.`);
    }
    if (!given) result += `${result.includes('?') ? '&' : '?'}${name}=${valueMs}`;
  }
  return result;
}

/** The part of a connection string that may be shown: without credentials and without options. */
export function withoutSecrets(connectionString: string): string {
  const [, scheme = '', hosts = ''] = /^\s*([\w+]+:\/\/)?(?:.*@)?([^/?#]*)/s.exec(connectionString) ?? [];
  return scheme + hosts.trim();
}

const knownOptions = new Set(
  [
    ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'dnsDiscover', 'nodePreference', 'maxDiscoverAttempts'],
    ['discoveryInterval', 'gossipTimeout', 'connectionName', 'defaultDeadline', 'throwOnAppendFailure'],
    ['keepAliveInterval', 'keepAliveTimeout'],
  ]
    .flat()
    .map(flat),
);

/** The client ignores options that it does not know, and prints the connection string, password and all, to say so. */
function withoutUnknownOptions(connectionString: string): { connectionString: string; dropped: readonly string[] } {
  // Credentials end where the client takes them to end.
  const [address = ''] = /^[^:]+:\/\/(?:[^:]+:[^@]+@)?[^?]*/.exec(connectionString) ?? [];
  if (address.length === connectionString.length || address === '') return { connectionString, dropped: [] };
  const options = connectionString.slice(address.length + 1).split('&');
  const nameOf = (option: string): string => option.split('=')[0] ?? '';
  const isKnown = (option: string): boolean => knownOptions.has(flat(nameOf(option)));
  const kept = options.filter(isKnown);
  return {
    connectionString: address + (kept.length > 0 ? `?${kept.join('&')}` : ''),
    dropped: options.filter((option) => !isKnown(option)).map(nameOf),
  };
}

function flat(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[_-]/g, '');
}
