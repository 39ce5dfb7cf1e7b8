import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readSettings, SettingsError } from './read-settings.js';

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
  }
  throw new Error('accepted');
};

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect({ ...readSettings({ DATABASE_URL: '  ' }) }).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('.data'),
      eventStoreConnectionString: undefined,
      databaseUrl: undefined,
      redisPrefix: 'seat-ledger',
      redisUrl: undefined,
      testClock: undefined,
      logLevel: 'info',
      auth: undefined,
      seller: {
        name: undefined,
        address: undefined,
        taxId: undefined,
        contact: undefined,
        paymentInstructions: undefined,
        note: undefined,
      },
      personalDataKeys: undefined,
      supportContact: 'support',
      secret: undefined,
      limits: {
        ratePerToken: 600_000,
        ratePerAddress: 1_200_000,
        requestsMax: 4_000,
        bodyMaxBytes: 262_144,
        requestTimeoutMs: 30_000,
        trustedProxies: [],
      },
      outboundNetworks: [],
      callbackTimeoutMs: 10_000,
    });
  });

  it('takes what is set', () => {
    const [older, newer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const settings = readSettings({
      NODE_ENV: 'production',
      PORT: '0',
      EVENTSTORE_CONNECTION_STRING: 'esdb+discover://a,b?tls=true',
      DATABASE_URL: 'postgresql://ledger@db/ledger',
      AUTH_JWKS_URL: 'https://id.example/jwks',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'ledger',
      PERSONAL_DATA_KEY: [older, newer].map((key) => key.toString('base64')).join(', '),
      LEDGER_SECRET: randomBytes(32).toString('base64'),
      LEDGER_OUTBOUND_NETWORKS: '10.20.0.0/16, fd12::/16',
    });
    expect(settings.personalDataKeys).toEqual([older, newer]);
    expect(settings.outboundNetworks).toEqual(['10.20.0.0/16', 'fd12::/16']);
    expect(settings.secret).toHaveLength(32);
    expect(settings).toMatchObject({ production: true, port: 0, databaseUrl: 'postgresql://ledger@db/ledger' });
    expect(settings.auth).toEqual({
      jwksUrl: 'https://id.example/jwks',
      issuer: 'https://id.example',
      audience: 'ledger',
    });
  });

  it('brings the test clock to UTC and milliseconds', () => {
    expect(readSettings({ LEDGER_TEST_CLOCK: '2026-06-01T02:00:00+02:00' }).testClock).toBe('2026-06-01T00:00:00.000Z');
  });

  it('reads the lines of an address, which an environment file can only write as \\n', () => {
    const { seller } = readSettings({
      LEDGER_SELLER_NAME: 'Lumen',
      LEDGER_SELLER_ADDRESS: '7 Main Street\\n10115 Berlin',
    });
    expect(seller).toMatchObject({ name: 'Lumen', address: '7 Main Street\n10115 Berlin' });
  });

  it('names every variable that is wrong at once, and what to set', () => {
    const problems = problemsOf({ PORT: '70000', LOG_LEVEL: 'loud', LEDGER_TEST_CLOCK: '2026-02-30T00:00:00Z' });
    expect(problems).toEqual([
      'PORT is "70000"; set a whole number from 0 (any free port) to 65535.',
      'LEDGER_TEST_CLOCK is "2026-02-30T00:00:00Z"; set an RFC 3339 instant such as 2026-06-01T00:00:00Z.',
      'LOG_LEVEL is "loud"; set one of fatal, error, warn, info, debug, trace, silent.',
    ]);
  });

  it('takes no secret that is short or no secret, and does not repeat it', () => {
    for (const LEDGER_SECRET of ['hunter2hunter2', 'A'.repeat(44), '%'.repeat(44)]) {
      const problems = problemsOf({ LEDGER_SECRET });
      expect(problems).toEqual([expect.stringMatching(/^LEDGER_SECRET must be 32 random bytes/)]);
      expect(problems.join()).not.toContain(LEDGER_SECRET);
    }
  });

  it('wants a key for personal data in production, and never repeats it', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toContainEqual(
      expect.stringContaining('PERSONAL_DATA_KEY must be set with NODE_ENV=production: 32 random bytes in base64'),
    );
    const [problem] = problemsOf({ PERSONAL_DATA_KEY: 'c2VjcmV0' });
    expect(problem).toContain('PERSONAL_DATA_KEY must be 32 random bytes');
    expect(problem).not.toContain('c2VjcmV0');
  });

  it('reads limits, which are narrower in production', () => {
    const { limits } = readSettings({
      LEDGER_RATE_PER_TOKEN: '600',
      LEDGER_RATE_PER_ADDRESS: '0',
      LEDGER_REQUESTS_MAX: '100',
      LEDGER_BODY_MAX_BYTES: '65536',
      LEDGER_REQUEST_TIMEOUT_MS: '5000',
      LEDGER_TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
    });
    expect(limits).toEqual({
      ratePerToken: 600,
      ratePerAddress: 0,
      requestsMax: 100,
      bodyMaxBytes: 65_536,
      requestTimeoutMs: 5_000,
      trustedProxies: ['10.0.0.1', 'fd00::/8'],
    });
    const wrong = { LEDGER_RATE_PER_TOKEN: '-1', LEDGER_REQUESTS_MAX: '0', LEDGER_TRUSTED_PROXIES: 'everybody' };
    expect(problemsOf(wrong)).toEqual([
      'LEDGER_RATE_PER_TOKEN is "-1"; set a whole number from 0 to 1000000000.',
      'LEDGER_REQUESTS_MAX is "0"; set a whole number from 1 to 100000.',
      'LEDGER_TRUSTED_PROXIES has everybody; set addresses or networks such as 10.0.0.1,10.1.0.0/16.',
    ]);
  });

  it('opens private networks alone to outgoing calls', () => {
    expect(problemsOf({ LEDGER_OUTBOUND_NETWORKS: '10.0.0.0/8 127.0.0.0/8,0.0.0.0/0' })).toEqual([
      expect.stringContaining('LEDGER_OUTBOUND_NETWORKS has 127.0.0.0/8, 0.0.0.0/0; set private networks'),
    ]);
  });

  it('wants the AUTH_ variables together', () => {
    expect(problemsOf({ AUTH_ISSUER: 'https://id.example' })).toEqual([
      'AUTH_JWKS_URL and AUTH_AUDIENCE must be set too: the AUTH_ variables belong together.',
    ]);
  });

  it('never repeats a connection string, which may hold a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db' }).join()).not.toContain('hunter2');
  });
});
