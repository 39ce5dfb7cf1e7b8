import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { CreatedServiceKey, ServiceKey } from '#contracts';
import { createApplication, HttpModule } from '#http';
import { migrate, openPool } from '#projection-engine';
import { testDatabases, type TestDatabase } from '#testing';
import { AuthModule, CurrentPrincipal, issueLocalToken, type AccessTable, type Principal } from '../index.js';
import { serviceKeysTable } from './service-keys.table.js';

@Controller('me')
class Me {
  @Get()
  me(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }
}

const table: AccessTable = {
  'GET /me': ['service', 'helpdesk'],
  'POST /v1/service-keys': [],
  'GET /v1/service-keys': [],
  'DELETE /v1/service-keys/{keyId}': [],
  'GET /.well-known/jwks.json': 'everyone',
  'GET /problems/{code}': 'everyone',
};
const schema = 'operations';
const feed = { name: 'seat feed', role: 'service' } as const;

describe.each(testDatabases())('service keys on $kind', ({ open }) => {
  let database: TestDatabase;
  let dataDir: string;
  let pool: pg.Pool;
  let app: NestFastifyApplication;
  let other: NestFastifyApplication;
  let admin: string;

  const start = async () => {
    const auth = AuthModule.forRoot({ dataDir, auth: undefined, serviceKeys: { pool, schema } }, table);
    const module = { module: HttpModule, imports: [auth], controllers: [Me] };
    return (await createApplication(module, { version: '0.0.0', logger: false })).init();
  };

  beforeAll(async () => {
    database = await open();
    dataDir = await mkdtemp(join(tmpdir(), 'service-keys-'));
    pool = openPool(database.connectionString, { max: 4 });
    await migrate(pool, schema, [serviceKeysTable]);
    admin = await issueLocalToken(dataDir, { role: 'admin', subject: 'ops' });
    [app, other] = await Promise.all([start(), start()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([app.close(), other.close()]);
    await pool.end();
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  const call = (bearer: string, url = '/me', on = app) =>
    on.inject({ method: 'GET', url, headers: { authorization: `Bearer ${bearer}` } });
  const create = (payload: object, key?: string, on = app) =>
    on.inject({
      method: 'POST',
      url: '/v1/service-keys',
      headers: { authorization: `Bearer ${admin}`, ...(key !== undefined && { 'idempotency-key': key }) },
      payload,
    });
  const created = async (payload: object = feed) => (await create(payload)).json<CreatedServiceKey>();
  const revoke = (keyId: string) =>
    app.inject({ method: 'DELETE', url: `/v1/service-keys/${keyId}`, headers: { authorization: `Bearer ${admin}` } });
  const listed = async (): Promise<ServiceKey[]> =>
    (await call(admin, '/v1/service-keys')).json<{ items: ServiceKey[] }>().items;

  it('say who a program is', async () => {
    const { keyId, key } = await created();
    expect((await call(key)).json()).toEqual({
      subject: `service-key:${keyId}`,
      role: 'service',
      client: 'seat feed',
    });
    expect((await call(key, '/v1/service-keys')).statusCode).toBe(403);
  });

  it('are bound to the domain of their instance', async () => {
    const { key } = await created({ name: 'acme', role: 'helpdesk', domain: 'Acme.example' });
    expect((await call(key)).json()).toMatchObject({ role: 'helpdesk', domain: 'acme.example' });
    expect((await create({ name: 'acme', role: 'helpdesk' })).json()).toMatchObject({
      code: 'validation-failed',
      errors: [{ path: 'domain' }],
    });
  });

  it.each([
    [{ name: 'x', role: 'admin' }],
    [{ name: 'x', role: 'customer' }],
    [{ name: 'x\r\ny', role: 'service' }],
    [{ name: '', role: 'service' }],
    [{ ...feed, secret: 'mine' }],
  ])('are not made of %j', async (payload) => {
    expect((await create(payload)).statusCode).toBe(400);
  });

  it('are kept as hashes, and shown once', async () => {
    const { key, ...shown } = await created();
    const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM ${schema}.service_keys`);
    const secret = key.split('_').slice(2).join('_');
    expect(JSON.stringify(rows.map((row) => ({ ...row, secret_hash: String(row['secret_hash']) })))).not.toContain(
      secret,
    );
    expect(await listed()).toContainEqual(shown);
    expect(JSON.stringify(await listed())).not.toContain(secret);
  });

  it('are the same when the request is sent again, also to another process', async () => {
    const [first, again, elsewhere] = [
      await create(feed, 'k1'),
      await create(feed, 'k1'),
      await create(feed, 'k1', other),
    ];
    expect(again.json()).toEqual(first.json());
    expect(elsewhere.json()).toEqual(first.json());
    expect((await create({ ...feed, name: 'another' }, 'k1')).json()).toMatchObject({ code: 'idempotency-key-reused' });
    expect((await create(feed, 'k2')).json<CreatedServiceKey>().key).not.toBe(first.json<CreatedServiceKey>().key);
  });

  it('end when they are revoked, once', async () => {
    const { keyId, key } = await created();
    expect((await call(key)).statusCode).toBe(200);
    const revoked = (await revoke(keyId)).json<ServiceKey>();
    expect(revoked).toMatchObject({ keyId, revokedAt: expect.any(String) as string, revokedBy: 'ops' });
    expect((await call(key)).statusCode).toBe(401);
    expect((await revoke(keyId)).json()).toEqual(revoked);
    expect((await revoke('00000000-0000-4000-8000-000000000000')).statusCode).toBe(404);
  });

  it.each<[string, (key: string) => string]>([
    ['another secret', (key) => `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`],
    ['the id of no key', (key) => `slk_${'0'.repeat(32)}_${key.slice(-43)}`],
    ['no secret', (key) => key.slice(0, -43)],
    ['more than a key', (key) => `${key}A`],
  ])('are not taken with %s', async (_, tamper) => {
    const { key } = await created();
    const reply = await call(tamper(key));
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([401, 'unauthenticated']);
    expect(reply.headers['www-authenticate']).toContain('invalid_token');
  });

  it('say when they were used last, without a write for each use', async () => {
    const { keyId, key } = await created();
    const row = async () => {
      const sql = `SELECT last_used_at, xmin::text AS version FROM ${schema}.service_keys WHERE key_id = $1`;
      return (await pool.query<{ last_used_at: string | null; version: string }>(sql, [keyId])).rows[0];
    };
    expect((await row())?.last_used_at).toBeNull();
    await call(key);
    let noted = await row();
    while (noted?.last_used_at === null) noted = await row();
    for (let n = 0; n < 20; n++) expect((await call(key, '/me', n % 2 === 0 ? app : other)).statusCode).toBe(200);
    expect(await row()).toEqual(noted);
    expect(await listed()).toContainEqual(expect.objectContaining({ keyId, lastUsedAt: noted?.last_used_at }));
  });

  it('are listed page after page, newest first', async () => {
    const made = [await created(), await created(), await created()].map(({ keyId }) => keyId);
    const first = (await call(admin, '/v1/service-keys?limit=2')).json<{ items: ServiceKey[]; nextCursor: string }>();
    const second = (await call(admin, `/v1/service-keys?limit=1&cursor=${first.nextCursor}`)).json<{
      items: ServiceKey[];
    }>();
    expect([...first.items, ...second.items].map(({ keyId }) => keyId)).toEqual(made.reverse());
  });
});
