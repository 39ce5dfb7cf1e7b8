import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnsecuredJWT } from 'jose';
import { createHmac } from 'node:crypto';
import { createApplication, HttpModule } from '#http';
import { AuthModule, CurrentPrincipal, type AccessTable, type Principal } from '../index.js';
import { audience, issuer, SpecProvider, type ProviderKey } from '../spec-support/spec-provider.js';

@Controller('me')
class Me {
  @Get()
  me(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }
}

const table: AccessTable = {
  'GET /me': ['billing', 'customer'],
  'GET /.well-known/jwks.json': 'everyone',
  'GET /problems/{code}': 'everyone',
};
const doNotFake = ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask', 'performance'] as const;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (from: number) => Math.floor(Date.now() / 1_000) + from;

describe('an attacker', () => {
  let firstKey: ProviderKey;
  let provider: SpecProvider;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    firstKey = await SpecProvider.newKey('k1');
  });
  beforeEach(async () => {
    provider = await SpecProvider.start(firstKey);
    const auth = AuthModule.forRoot({ dataDir: '/nonexistent', auth: provider.settings }, table);
    const module = { module: HttpModule, imports: [auth], controllers: [Me] };
    app = await (await createApplication(module, { version: '0.0.0', logger: false })).init();
  });
  afterEach(async () => {
    await app.close();
    await provider.stop();
  });

  const ask = (headers: Record<string, string | string[]>, url = '/me') => app.inject({ method: 'GET', url, headers });
  const call = (token: string) => ask({ authorization: `Bearer ${token}` });
  const admin = () => ({ sub: 's', role: 'admin', iss: issuer, aud: audience, exp: seconds(60) });
  /** Signed with a secret that anybody can know. */
  const hmac = (alg: 'HS256' | 'HS512', secret: string | Buffer) => {
    const signed = `${part({ alg, kid: 'k1' })}.${part(admin())}`;
    return `${signed}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret)
      .update(signed)
      .digest('base64url')}`;
  };

  it('would be let in by a good token, so that the refusals below mean something', async () => {
    expect((await call(await provider.sign())).statusCode).toBe(200);
    expect((await call(await provider.sign({ aud: ['another', audience] }))).statusCode).toBe(200);
  });

  const attacks: Readonly<Record<string, () => string | Promise<string>>> = {
    'signs with the public key as a secret': () => hmac('HS256', provider.key.publicPem),
    'signs with the text of the public key': () => hmac('HS512', JSON.stringify(provider.key.publicJwk)),
    'signs with an empty secret': () => hmac('HS256', ''),
    'signs nothing': () => new UnsecuredJWT(admin()).encode(),
    'says None': () => `${part({ alg: 'None', kid: 'k1' })}.${part(admin())}.`,
    'cuts the signature off': async () => (await provider.sign()).replace(/[^.]+$/, ''),
    'brings its own key along': async () => {
      const key = await SpecProvider.newKey('k1');
      return provider.sign({}, { key, header: { jwk: key.publicJwk } });
    },
    'says where its key is': async () => {
      const key = await SpecProvider.newKey('k1');
      return provider.sign({}, { key, header: { jku: 'http://127.0.0.1:1/jwks', x5u: 'http://127.0.0.1:1/cert' } });
    },
    'uses a key of the same id': async () => provider.sign({}, { key: await SpecProvider.newKey('k1') }),
    'uses a key of the same id and another kind': async () =>
      provider.sign({}, { key: await SpecProvider.newKey('k1', 'ES256') }),
    'names a file as its key': () => provider.sign({}, { header: { kid: '../../../../dev/null' } }),
    'demands what nobody understands': () => provider.sign({}, { header: { crit: ['exp'], exp: seconds(60) } }),
    'puts another payload in': async () => {
      const [header, , signature] = (await provider.sign()).split('.');
      return `${header}.${part(admin())}.${signature}`;
    },
    'comes too late': () => provider.sign({ exp: seconds(-6) }),
    'comes too early': () => provider.sign({ nbf: seconds(30) }),
    'has a token without an end': () => provider.sign({ exp: undefined }),
    'writes the end as text': () => provider.sign({ exp: '9999999999' }),
    'has a token for another service': () => provider.sign({ aud: 'another' }),
    'has a token for nobody': () => provider.sign({ aud: undefined }),
    'has a token of another issuer': () => provider.sign({ iss: 'https://id.example.evil.example' }),
    'has a token of the local issuer': () => provider.sign({ iss: 'seat-ledger' }),
    'has an email that was never verified': () => provider.sign({ role: 'customer', email: 'a@acme.example' }),
    'has an email that is said to be verified': () =>
      provider.sign({ role: 'customer', email: 'a@acme.example', email_verified: 'true' }),
    'has an email that looks like another': () =>
      provider.sign({ role: 'customer', email: '\u212A@acme.example', email_verified: true }),
    'has two emails': () =>
      provider.sign({ role: 'customer', email: ['a@acme.example', 'b@acme.example'], email_verified: true }),
    'has two roles': () => provider.sign({ role: ['customer', 'admin'] }),
    'has a role that objects inherit': () => provider.sign({ role: 'constructor' }),
    'has line breaks in its name': () => provider.sign({ sub: 's\r\nSet-Cookie: a=b' }),
    'has a name without end': () => provider.sign({ sub: 's'.repeat(1_000) }),
    'sends a token that is huge': () => provider.sign({ padding: 'x'.repeat(9_000) }),
  };

  it.each(Object.entries(attacks))('gets nowhere who %s', async (_, make) => {
    const reply = await call(await make());
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([401, 'unauthenticated']);
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer realm="seat-ledger", error="invalid_(token|request)"$/);
    expect(Object.keys(reply.headers)).not.toContain('set-cookie');
    expect(provider.fetched).toBeLessThanOrEqual(1);
  });

  it('gets nowhere with a token in another place', async () => {
    const token = await provider.sign();
    const places: [Record<string, string | string[]>, string?][] = [
      [{}, `/me?access_token=${token}`],
      [{ cookie: `access_token=${token}` }],
      [{ authorization: `Basic ${Buffer.from(`s:${token}`).toString('base64')}` }],
      [{ authorization: token }],
      [{ authorization: `Bearer ${token} ${token}` }],
      [{ authorization: `Bearer ${token}, Bearer ${token}` }],
    ];
    for (const place of places) expect((await ask(...place)).statusCode).toBe(401);
  });

  it('gets what it says about itself no further than into the answer to itself', async () => {
    const reply = await call(await provider.sign({ sub: '"><script>', client_id: 'c\nd', name: 'x' }));
    expect(reply.json()).toEqual({ subject: '"><script>', role: 'billing' });
  });

  it('makes no fetch of the key set for each key that it invents', async () => {
    expect((await call(await provider.sign())).statusCode).toBe(200);
    const forged = await Promise.all(
      Array.from({ length: 200 }, (_, n) => provider.sign({}, { header: { kid: `forged-${n}` } })),
    );
    const statuses = new Set((await Promise.all(forged.map(call))).map(({ statusCode }) => statusCode));
    expect(statuses).toEqual(new Set([401]));
    expect(provider.fetched).toBe(1);
  });

  it('can not keep a new key from being known', async () => {
    expect((await call(await provider.sign())).statusCode).toBe(200);
    const key = await SpecProvider.newKey('k2');
    provider.published = [key, provider.key];
    jest.useFakeTimers({ now: Date.now() + 6_000, doNotFake: [...doNotFake] });
    try {
      const forged = await provider.sign({}, { header: { kid: 'forged' } });
      const [, good] = await Promise.all([call(forged), call(await provider.sign())]);
      expect(good.statusCode).toBe(200);
      expect(provider.fetched).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not go on with a key that the provider has withdrawn', async () => {
    const stolen = provider.key;
    expect((await call(await provider.sign())).statusCode).toBe(200);
    provider.published = [await SpecProvider.newKey('k2')];
    jest.useFakeTimers({ now: Date.now() + 601_000, doNotFake: [...doNotFake] });
    try {
      // The set is fetched anew beside this request, which is answered from the old one.
      await call(await provider.sign({}, { key: stolen }));
      while (provider.fetched < 2) await new Promise(setImmediate);
      let status = 200;
      while (status === 200)
        status = (await call(await provider.sign({ jti: String(performance.now()) }, { key: stolen }))).statusCode;
      expect(status).toBe(401);
      expect((await call(await provider.sign())).statusCode).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });

  it.each<[string, () => string]>([
    ['without end', () => JSON.stringify({ keys: [], padding: 'x'.repeat(2_000_000) })],
    ['that is none', () => '<html>'],
    ['without keys', () => '{}'],
  ])('gets no better with a key set %s', async (_, body) => {
    provider.body = body;
    const reply = await call(await provider.sign());
    expect(reply.json()).toMatchObject({ code: 'identity-provider-unavailable' });
  });

  it('is not handed a secret as a public key', async () => {
    const secret = Buffer.alloc(32, 7);
    provider.body = () => JSON.stringify({ keys: [{ kty: 'oct', k: secret.toString('base64url'), kid: 'k1' }] });
    expect((await call(hmac('HS256', secret))).statusCode).toBe(401);
  });
});
