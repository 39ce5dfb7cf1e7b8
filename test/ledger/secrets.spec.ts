import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { EventStore } from '#event-store';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EmbeddedReadModel } from '#platform';
import { openPool } from '#projection-engine';
import { LedgerProcess, runLedger, temporaryFolder, type Reply } from '../support/ledger-process.js';
import { ServerProcess } from '../support/server-process.js';

const marked = (name: string): string => `marked-${name}-${randomBytes(6).toString('hex')}`;

describe('secrets', () => {
  const folder = temporaryFolder();
  const passwords = { eventStore: marked('es'), readModel: marked('db'), redis: marked('redis') };
  const ledgerSecret = randomBytes(32).toString('base64');
  const answers: string[] = [];
  const personalDataKey = randomBytes(32).toString('base64');
  const secrets: string[] = [...Object.values(passwords), ledgerSecret];
  let node: EventStoreNode;
  let readModel: EmbeddedReadModel;
  let redis: ServerProcess;
  let ledger: LedgerProcess;
  let license: string;
  let databaseUrl: string;

  beforeAll(async () => {
    node = await startEventStoreNode({
      dataFolder: join(folder.path, 'event-store'),
      adminPassword: passwords.eventStore,
    });
    readModel = await EmbeddedReadModel.start({
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: () => undefined,
    });
    redis = await ServerProcess.redis(folder.path, passwords.redis);
    databaseUrl = withPassword(readModel.connectionString, passwords.readModel);
    ledger = await LedgerProcess.start(folder.path, {
      EVENTSTORE_CONNECTION_STRING: node.connectionString.replace('://', `://admin:${passwords.eventStore}@`),
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      LEDGER_SECRET: ledgerSecret,
      PERSONAL_DATA_KEY: personalDataKey,
      LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z',
      LOG_LEVEL: 'trace',
    });
    license = await ledger.register('acme.example', { callbackUrl: 'http://127.0.0.1:1/hook' });
    secrets.push(await ledger.token({ role: 'admin' }));
    secrets.push(String((await ledger.get('/v1/helpdesks/acme.example/callback-secret')).body['secret']));
    secrets.push(personalDataKey);
    const webhook = { url: 'http://127.0.0.1:1/hook' };
    secrets.push(String((await ledger.post('/v1/webhooks', webhook)).body['secret']));
    secrets.push(String((await ledger.post('/v1/service-keys', { name: 'feed', role: 'service' })).body['key']));
    await ledger.get('/v1/helpdesks/acme.example/entitlement');
    secrets.push(...privateParts(join(folder.path, 'auth')));
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await redis.halt();
    await readModel.stop();
    await node.stop();
    folder.remove();
  });

  /** The answer, which is kept to be looked through. */
  async function ask(method: string, path: string, body?: object | string, headers = {}): Promise<Reply> {
    const reply = await ledger.ask(method, path, body, { headers });
    answers.push(
      `${method} ${path.split('?', 1)[0]} ${JSON.stringify([...reply.headers])} ${JSON.stringify(reply.body)}`,
    );
    return reply;
  }

  function expectNoSecret(texts: readonly string[]): void {
    for (const secret of secrets) {
      const shown = texts.find((text) => text.includes(secret));
      expect([secret, shown?.slice(0, 2_000)]).toEqual([secret, undefined]);
    }
  }

  it('are some', () => {
    expect(secrets.filter((secret) => secret.length < 12)).toEqual([]);
    // Passwords, the ledger's secret, a token, secrets of a callback and a webhook, a service key, and keys of the folder.
    expect(secrets.length).toBeGreaterThanOrEqual(10);
    expect(secrets.filter((secret) => !/^[\w.+/=-]+$/.test(secret) || secret === 'undefined')).toEqual([]);
  });

  it('are in no answer, of success or refusal, and in no metric', async () => {
    const token = secrets[4] ?? '';
    await ask('POST', `${license}/seat-changes`, { seats: 48 });
    await ask('GET', '/v1/helpdesks/acme.example/entitlement');
    await ask('GET', `/v1/licenses?token=${token}`, undefined, { authorization: 'Bearer x' });
    await ask('POST', '/v1/licenses', '{', { 'idempotency-key': 'k' });
    await ask('POST', '/v1/licenses', {}, { authorization: `Bearer ${token}x` });
    await ask('GET', '/v1/licenses', undefined, { authorization: `Basic ${token}` });
    await ask('GET', '/%');
    await ask('POST', '/v1/test-clock/nothing', {});
    await ask('PUT', '/v1/test-clock', { now: '2026-07-02T00:00:00Z' });
    for (const path of ['/v1/propagations', '/v1/operations/jobs', '/v1/operations/queues', '/health/ready']) {
      await ask('GET', path);
    }
    await ask('GET', '/v1/webhooks');
    await ask('GET', '/v1/service-keys');
    await ask('GET', '/v1/audit');
    await ask('GET', '/docs-json');
    await ask('GET', '/metrics');
    expectNoSecret(answers);
    expect(answers.length).toBeGreaterThan(12);
  }, 60_000);

  it('are in no event and no row', async () => {
    const store = new EventStore(node.connectionString.replace('://', `://admin:${passwords.eventStore}@`));
    const events: string[] = [];
    for await (const event of store.readAll()) events.push(JSON.stringify([event.stream, event.data, event.metadata]));
    await store.close();
    expect(events.length).toBeGreaterThan(5);
    expectNoSecret(events);
    const pool = openPool(databaseUrl, { max: 1 });
    const rows: string[] = [];
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      rows.push(...(await pool.query<object>(`SELECT * FROM ${name}`)).rows.map((row) => name + JSON.stringify(row)));
    }
    await pool.end();
    expect(rows.length).toBeGreaterThan(10);
    expectNoSecret(rows);
  });

  it('are in no answer while the servers are away', async () => {
    await redis.halt();
    await readModel.stop();
    await node.stop();
    const before = answers.length;
    const away = [
      await ask('GET', '/v1/licenses'),
      await ask('POST', `${license}/seat-changes`, { seats: 40 }),
      await ask('GET', '/v1/operations/queues'),
      await ask('GET', '/health/ready'),
    ];
    await ask('GET', '/metrics');
    expect(away.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expectNoSecret(answers.slice(before));
  }, 60_000);

  it('are in no line that was logged, down to the finest, through all of this', async () => {
    await ledger.stop();
    expect(ledger.said.split('\n').length).toBeGreaterThan(50);
    expect(ledger.said.includes('"msg":"request"')).toBe(true);
    expectNoSecret([ledger.said]);
  }, 30_000);

  it.each([
    ['EVENTSTORE_CONNECTION_STRING', 'esdb://admin:SECRET@127.0.0.1:1:2?tls=maybe'],
    ['EVENTSTORE_CONNECTION_STRING', 'SECRET://admin@127.0.0.1'],
    ['DATABASE_URL', 'mysql://ledger:SECRET@127.0.0.1/ledger'],
    ['REDIS_URL', 'http://:SECRET@127.0.0.1'],
    ['LEDGER_SECRET', 'SECRET'],
    ['AUTH_JWKS_URL', 'ftp://SECRET@id.example/jwks'],
  ])(
    'are not repeated by a start that fails for %s',
    async (variable, value) => {
      const secret = marked('setting');
      const env = { LEDGER_DATA_DIR: join(folder.path, 'failed'), [variable]: value.replace('SECRET', secret) };
      const { code, said } = await runLedger({ ...env, PORT: '0', LOG_LEVEL: 'trace' });
      expect(code).toBe(1);
      expect(said).not.toContain(secret);
    },
    60_000,
  );
});

function withPassword(connectionString: string, password: string): string {
  return connectionString.replace(/^(\w+:\/\/)(?:([^:@/]*)(?::[^@/]*)?@)?/, `$1$2:${password}@`);
}

/** What of the keys in the data folder is for nobody else. */
function privateParts(keys: string): string[] {
  return readdirSync(keys)
    .map((name) => readFileSync(join(keys, name), 'utf8').trim())
    .map((text) => (text.startsWith('{') ? (JSON.parse(text) as { d: string }).d : text));
}
