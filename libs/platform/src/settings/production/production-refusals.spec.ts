import { randomBytes } from 'node:crypto';
import { readSettings, SettingsError } from '../read-settings.js';

const safe = {
  NODE_ENV: 'production',
  AUTH_JWKS_URL: 'https://id.example/jwks',
  AUTH_ISSUER: 'https://id.example',
  AUTH_AUDIENCE: 'ledger',
  LEDGER_SECRET: randomBytes(32).toString('base64'),
  PERSONAL_DATA_KEY: randomBytes(32).toString('base64'),
};

const refusalsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readSettings({ ...safe, ...env });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

const eventStore = (value: string) => refusalsOf({ EVENTSTORE_CONNECTION_STRING: value });
const database = (value: string) => refusalsOf({ DATABASE_URL: value });
const redis = (value: string) => refusalsOf({ REDIS_URL: value });
const refused = (variable: string, what: string) => [expect.stringMatching(new RegExp(`^${variable} .*${what}`))];

describe('production', () => {
  it('starts with safe settings', () => {
    expect(refusalsOf({})).toEqual([]);
  });

  it('refuses the test clock', () => {
    expect(refusalsOf({ LEDGER_TEST_CLOCK: '2026-06-01T00:00:00Z' })).toEqual(
      refused('LEDGER_TEST_CLOCK', 'must not be set with NODE_ENV=production; unset one of them'),
    );
  });

  it('refuses a local signing key', () => {
    expect(refusalsOf({ AUTH_JWKS_URL: '', AUTH_ISSUER: '', AUTH_AUDIENCE: '' })).toEqual(
      refused('AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE', 'must be set with NODE_ENV=production'),
    );
  });

  it('refuses keys that travel unprotected', () => {
    expect(refusalsOf({ AUTH_JWKS_URL: 'http://id.example/jwks' })).toEqual(refused('AUTH_JWKS_URL', 'https://'));
  });

  it('refuses an unset secret', () => {
    expect(refusalsOf({ LEDGER_SECRET: '' })).toEqual(refused('LEDGER_SECRET', 'openssl rand -base64 32'));
  });

  it.each([
    ['without TLS', 'esdb://ledger:x7Kq@events.example.com:2113?tls=false'],
    ['without TLS, by an address', 'esdb://8.8.8.8?TLS=false'],
    ['without TLS, one of three', 'esdb://10.0.0.1:2113,10.0.0.2:2113,[2606:4700::1]:2113?tls=false'],
    ['without TLS, of a cluster', 'esdb+discover://events.example.com?connectionName=a&t_ls=False'],
  ])('refuses an event store over a public address %s', (_, value) => {
    expect(eventStore(value)).toEqual(refused('EVENTSTORE_CONNECTION_STRING', 'remove tls=false'));
  });

  it.each([
    ['without TLS', 'postgres://ledger:x7Kq@db.example.com/ledger'],
    ['with TLS turned off', 'postgres://ledger:x7Kq@db.example.com/ledger?sslmode=disable'],
    ['without a look at the certificate', 'postgres://ledger:x7Kq@8.8.8.8/ledger?sslmode=no-verify'],
    ['as lax as libpq', 'postgres://ledger:x7Kq@8.8.8.8/ledger?sslmode=require&uselibpqcompat=true'],
    ['by a host among the options', 'postgres://ledger:x7Kq@/ledger?host=db.example.com'],
    ['with a slash in its password', 'postgres://ledger:x7/Kq@db.example.com/ledger'],
  ])('refuses a database over a public address %s', (_, value) => {
    expect(database(value)).toEqual(refused('DATABASE_URL', 'add sslmode=verify-full'));
  });

  it('refuses a Redis over a public address without TLS or a password', () => {
    expect(redis('redis://:x7Kq@redis.example.com')).toEqual(refused('REDIS_URL', 'write rediss://'));
    expect(redis('rediss://redis.example.com')).toEqual(refused('REDIS_URL', 'write a password'));
  });

  it('takes servers inside, and protected ones outside', () => {
    expect([
      ...eventStore('esdb://event-store:2113?tls=false'),
      ...eventStore('esdb://ledger:x7Kq@events.example.com:2113'),
      ...database('postgres://ledger:x7Kq@10.1.2.3/ledger'),
      ...database('postgres://ledger:x7Kq@db.internal/ledger'),
      ...database('postgres://ledger:x7Kq@db.example.com/ledger?sslmode=verify-full'),
      ...database('postgres:///ledger?host=/var/run/postgresql'),
      ...redis('redis://redis:6379'),
      ...redis('rediss://:x7Kq@redis.example.com'),
    ]).toEqual([]);
  });

  it.each([
    ['EVENTSTORE_CONNECTION_STRING', 'esdb://admin:changeit@event-store:2113'],
    ['DATABASE_URL', 'postgres://postgres:postgres@db/ledger'],
    ['DATABASE_URL', 'postgres://lumen:Lumen@db/ledger'],
    ['DATABASE_URL', 'postgres://ledger:p%61ssword@db/ledger'],
    ['REDIS_URL', 'redis://default:redis@redis'],
  ])('refuses default credentials in %s', (variable, value) => {
    expect(refusalsOf({ [variable]: value })).toEqual(refused(variable, 'a password that everybody knows'));
  });

  it('lists everything at once, with the rest of what is wrong, and repeats no password', () => {
    const refusals = refusalsOf({
      AUTH_JWKS_URL: '',
      AUTH_ISSUER: '',
      AUTH_AUDIENCE: '',
      LEDGER_SECRET: '',
      LEDGER_TEST_CLOCK: '2026-06-01T00:00:00Z',
      PORT: 'x',
      EVENTSTORE_CONNECTION_STRING: 'esdb://admin:changeit@events.example.com?tls=false',
      DATABASE_URL: 'postgres://ledger:hunter2@db.example.com/ledger',
      REDIS_URL: 'redis://redis.example.com',
    });
    const variables = refusals.map((refusal) => refusal.split(/[ ,]/, 1)[0]);
    expect(variables).toEqual([
      'PORT',
      'LEDGER_TEST_CLOCK',
      'AUTH_JWKS_URL',
      'LEDGER_SECRET',
      'EVENTSTORE_CONNECTION_STRING',
      'EVENTSTORE_CONNECTION_STRING',
      'DATABASE_URL',
      'REDIS_URL',
    ]);
    expect(refusals.join()).not.toMatch(/hunter2|changeit/);
  });

  it('concerns production alone', () => {
    expect(readSettings({ DATABASE_URL: 'postgres://postgres:postgres@db.example.com/ledger' }).production).toBe(false);
  });
});
