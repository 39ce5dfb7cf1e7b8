import { isPrivateHost } from './private-host.js';
import { addressIn, type ServerAddress } from './server-address.js';

/** What servers, their images and their guides come with. */
const defaultPasswords: ReadonlySet<string> = new Set([
  ...['admin', 'administrator', 'changeit', 'changeme', 'change-me', 'default', 'example', 'guest', 'ledger', 'pass'],
  ...['passw0rd', 'password', 'postgres', 'postgresql', 'redis', 'root', 'secret', 'test', '123456', '12345678'],
]);

interface Server {
  readonly variable: string;
  readonly connectionString: string | undefined;
  /** What stands between a listener and the connection, or undefined when nothing does. */
  readonly open: (address: ServerAddress) => string | undefined;
}

interface ServerSettings {
  readonly eventStoreConnectionString: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
}

/** Why the servers that are named are not safe to stand on in production, each with what to set. */
export function serverRefusals(settings: ServerSettings): string[] {
  const servers: readonly Server[] = [
    {
      variable: 'EVENTSTORE_CONNECTION_STRING',
      connectionString: settings.eventStoreConnectionString,
      // The certificate is looked at in any case: `tlsVerifyCert` is an option without effect.
      open: ({ options }) => (options.get('tls')?.toLowerCase() === 'false' ? 'remove tls=false from it' : undefined),
    },
    {
      variable: 'DATABASE_URL',
      connectionString: settings.databaseUrl,
      open: (address) => (isVerified(address) ? undefined : 'add sslmode=verify-full to it'),
    },
    {
      variable: 'REDIS_URL',
      connectionString: settings.redisUrl,
      open: ({ password }) =>
        settings.redisUrl?.startsWith('rediss://') !== true
          ? 'write rediss://'
          : password === ''
            ? 'write a password into it'
            : undefined,
    },
  ];
  return servers.flatMap(refusalsOf);
}

function refusalsOf({ variable, connectionString, open }: Server): string[] {
  if (connectionString === undefined) return [];
  const address = addressIn(connectionString);
  const remedy = address.hosts.every(isPrivateHost) ? undefined : open(address);
  return [
    ...(remedy === undefined
      ? []
      : [`${variable} leads over a public address without protection; ${remedy}, or name the server inside.`]),
    ...(hasDefaultPassword(address)
      ? [`${variable} has a password that everybody knows; give the user another one, and set it.`]
      : []),
  ];
}

function hasDefaultPassword({ user, password }: ServerAddress): boolean {
  const given = password.toLowerCase();
  return given !== '' && (given === user.toLowerCase() || defaultPasswords.has(given));
}

/** As the `pg` package reads it: each of these checks the certificate, unless it is told to be as lax as `libpq`. */
function isVerified({ options }: ServerAddress): boolean {
  const mode = options.get('sslmode');
  if (mode === undefined) return ['1', 'true'].includes(options.get('ssl') ?? '');
  if (options.get('uselibpqcompat') === 'true') return mode === 'verify-full';
  return ['prefer', 'require', 'verify-ca', 'verify-full'].includes(mode);
}
