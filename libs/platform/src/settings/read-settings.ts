import { resolve } from 'node:path';
import { isOpenable } from '#outbound';
import { parseInstant } from '../clock/instant.js';
import { readLimits } from './read-limits.js';
import { productionRefusals } from './production/production-refusals.js';
import { Settings, logLevels, type AuthSettings, type LogLevel } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Says for each variable that is wrong what to set; values are not repeated where they may hold a password. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads and checks the whole environment; an empty variable counts as unset. Throws SettingsError with every problem. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;
  const lines = (name: string): string | undefined => text(name)?.replaceAll('\\n', '\n');
  const url = (name: string, schemes: readonly string[]): string | undefined => {
    const value = text(name);
    if (value !== undefined && !schemes.some((scheme) => value.startsWith(`${scheme}://`))) {
      problems.push(`${name} must begin with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}.`);
    }
    return value;
  };

  const production = text('NODE_ENV') === 'production';
  const settings = new Settings({
    production,
    host: text('HOST') ?? '127.0.0.1',
    port: readPort(text('PORT') ?? '3000', problems),
    dataDir: resolve(text('LEDGER_DATA_DIR') ?? '.data'),
    eventStoreConnectionString: url('EVENTSTORE_CONNECTION_STRING', ['esdb', 'esdb+discover']),
    databaseUrl: url('DATABASE_URL', ['postgres', 'postgresql']),
    redisUrl: url('REDIS_URL', ['redis', 'rediss']),
    redisPrefix: text('LEDGER_REDIS_PREFIX') ?? 'seat-ledger',
    testClock: readTestClock(text('LEDGER_TEST_CLOCK'), problems),
    logLevel: readLogLevel(text('LOG_LEVEL') ?? 'info', problems),
    auth: readAuth(url('AUTH_JWKS_URL', ['https', 'http']), text('AUTH_ISSUER'), text('AUTH_AUDIENCE'), problems),
    seller: {
      name: text('LEDGER_SELLER_NAME'),
      address: lines('LEDGER_SELLER_ADDRESS'),
      taxId: text('LEDGER_SELLER_TAX_ID'),
      contact: text('LEDGER_SELLER_CONTACT'),
      paymentInstructions: lines('LEDGER_PAYMENT_INSTRUCTIONS'),
      note: lines('LEDGER_INVOICE_NOTE'),
    },
    personalDataKeys: readKeys(text('PERSONAL_DATA_KEY'), production, problems),
    supportContact: text('LEDGER_SUPPORT_CONTACT') ?? 'support',
    secret: readSecret(text('LEDGER_SECRET'), problems),
    limits: readLimits(text, production, problems),
    outboundNetworks: readNetworks(text('LEDGER_OUTBOUND_NETWORKS') ?? '', problems),
    callbackTimeoutMs: readDuration(
      'LEDGER_CALLBACK_TIMEOUT_MS',
      text('LEDGER_CALLBACK_TIMEOUT_MS') ?? '10000',
      problems,
    ),
  });
  if (production) problems.push(...productionRefusals(settings));
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

function readPort(value: string, problems: string[]): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) problems.push(`PORT is "${value}"; set a whole number from 0 (any free port) to 65535.`);
  return port;
}

function readDuration(name: string, value: string, problems: string[]): number {
  const durationMs = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  if (!(durationMs >= 10)) problems.push(`${name} is "${value}"; set whole milliseconds from 10 to 999999.`);
  return durationMs;
}

function readTestClock(value: string | undefined, problems: string[]): string | undefined {
  if (value === undefined) return undefined;
  const instantMs = parseInstant(value);
  if (instantMs === undefined) {
    problems.push(`LEDGER_TEST_CLOCK is "${value}"; set an RFC 3339 instant such as 2026-06-01T00:00:00Z.`);
    return undefined;
  }
  return new Date(instantMs).toISOString();
}

function readSecret(value: string | undefined, problems: string[]): Buffer | undefined {
  if (value === undefined) return undefined;
  const secret = Buffer.from(value, 'base64');
  // So few different bytes in so many are no chance's work.
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(value) && secret.length >= 32 && new Set(secret).size >= 16) return secret;
  problems.push('LEDGER_SECRET must be 32 random bytes or more in base64; set what `openssl rand -base64 32` prints.');
  return undefined;
}

function readNetworks(value: string, problems: string[]): readonly string[] {
  const networks = value.split(/[\s,]+/).filter((network) => network !== '');
  const wrong = networks.filter((network) => !isOpenable(network));
  if (wrong.length > 0) {
    problems.push(
      `LEDGER_OUTBOUND_NETWORKS has ${wrong.join(', ')}; set private networks such as 10.20.0.0/16, separated by commas.`,
    );
  }
  return networks;
}

function readLogLevel(value: string, problems: string[]): LogLevel {
  const level = logLevels.find((known) => known === value);
  if (level === undefined) problems.push(`LOG_LEVEL is "${value}"; set one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

/** Never repeated, whatever is wrong with it. */
function readKeys(value: string | undefined, production: boolean, problems: string[]): Buffer[] | undefined {
  const wanted = '32 random bytes in base64, as `openssl rand -base64 32` gives; older keys after it, with commas';
  if (value === undefined) {
    if (production) problems.push(`PERSONAL_DATA_KEY must be set with NODE_ENV=production: ${wanted}.`);
    return undefined;
  }
  const keys = value.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  if (keys.some(({ length }) => length !== 32)) problems.push(`PERSONAL_DATA_KEY must be ${wanted}.`);
  return keys;
}

function readAuth(
  jwksUrl: string | undefined,
  issuer: string | undefined,
  audience: string | undefined,
  problems: string[],
): AuthSettings | undefined {
  const given = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience };
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) return { jwksUrl, issuer, audience };
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  if (missing.length < 3) {
    problems.push(
      `${missing.map(([name]) => name).join(' and ')} must be set too: the AUTH_ variables belong together.`,
    );
  }
  return undefined;
}
