import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateKeyPair, exportJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplication, HttpModule } from '#http';
import {
  AuthModule,
  CurrentPrincipal,
  issueLocalToken,
  type AccessTable,
  type AuthOptions,
  type Principal,
} from './index.js';
import { openSigningKey } from './tokens/signing-key.js';

@Controller()
class Desk {
  @Get('me')
  me(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Post('reports')
  report(): object {
    return {};
  }

  @Get('open')
  open(): object {
    return {};
  }
}

/** Only the time of day is moved. */
const doNotFake = ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask', 'performance'] as const;

const table: AccessTable = {
  'GET /me': ['billing', 'customer'],
  'POST /reports': ['finance'],
  'GET /open': 'everyone',
  'GET /.well-known/jwks.json': 'everyone',
  'GET /problems/{code}': 'everyone',
};

async function start(options: AuthOptions, access = table): Promise<NestFastifyApplication> {
  const module = { module: HttpModule, imports: [AuthModule.forRoot(options, access)], controllers: [Desk] };
  const app = await createApplication(module, { version: '0.0.0', logger: false });
  return app.init();
}

const caller =
  (app: () => NestFastifyApplication) =>
  (token: string | undefined, url = '/me', method: 'GET' | 'POST' = 'GET') =>
    app().inject({ method, url, ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }) });

describe('tokens of the local key', () => {
  let dataDir: string;
  let app: NestFastifyApplication;
  const call = caller(() => app);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'auth-'));
    app = await start({ dataDir, auth: undefined });
  });
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });

  const sign = async (claims: JWTPayload, { alg = 'EdDSA', key }: { alg?: string; key?: CryptoKey } = {}) => {
    const { kid, privateKey } = await openSigningKey(dataDir, 'access-tokens');
    return new SignJWT({ sub: 's', role: 'billing', iss: 'seat-ledger', aud: 'seat-ledger', ...claims })
      .setProtectedHeader({ alg, kid })
      .sign(key ?? privateKey);
  };
  const soon = () => Math.floor(Date.now() / 1_000) + 60;

  it('says who is calling', async () => {
    const token = await issueLocalToken(dataDir, { role: 'customer', email: 'Ada@Customer.example' });
    expect((await call(token)).json()).toEqual({
      subject: 'Ada@Customer.example',
      role: 'customer',
      email: 'ada@customer.example',
      client: 'local',
    });
    expect((await call(token)).statusCode).toBe(200);
  });

  it('asks for a token', async () => {
    const reply = await call(undefined);
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'unauthenticated' });
    expect(reply.headers['www-authenticate']).toBe('Bearer realm="seat-ledger"');
    expect((await call('')).headers['www-authenticate']).toContain('error="invalid_request"');
    expect((await call('x')).headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('keeps roles apart', async () => {
    const [billing, finance, admin] = await Promise.all(
      (['billing', 'finance', 'admin'] as const).map((role) => issueLocalToken(dataDir, { role })),
    );
    const status = async (...args: Parameters<typeof call>) => (await call(...args)).statusCode;
    expect(await status(billing)).toBe(200);
    expect(await status(finance)).toBe(403);
    expect(await status(billing, '/reports', 'POST')).toBe(403);
    expect(await status(finance, '/reports', 'POST')).toBe(201);
    expect(await status(admin, '/reports', 'POST')).toBe(201);
    expect((await app.inject({ method: 'HEAD', url: '/me' })).statusCode).toBe(401);
    expect((await call(finance)).json()).toMatchObject({ code: 'forbidden' });
  });

  it('does not start with a route that nothing says who may call', async () => {
    const { 'GET /me': _, ...rest } = table;
    await expect(start({ dataDir, auth: undefined }, rest)).rejects.toThrow('Nothing says who may call GET /me');
  });

  it.each(['/open', '/.well-known/jwks.json', '/docs', '/docs-json', '/problems/forbidden'])(
    'leaves %s open',
    async (url) => {
      expect((await call(undefined, url)).statusCode).toBe(200);
    },
  );

  it('publishes the key, and nothing private', async () => {
    const { keys } = (await call(undefined, '/.well-known/jwks.json')).json<{ keys: JWK[] }>();
    expect(keys).toEqual([(await openSigningKey(dataDir, 'access-tokens')).publicJwk]);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('accepts what it should, so that the refusals below mean something', async () => {
    expect((await call(await sign({ exp: soon() }))).statusCode).toBe(200);
  });

  it.each<[string, () => Promise<string>]>([
    ['an expired token', () => sign({ exp: soon() - 120 })],
    ['a token that never expires', () => sign({})],
    ['a token that is not valid yet', () => sign({ exp: soon() + 60, nbf: soon() })],
    ['another issuer', () => sign({ exp: soon(), iss: 'elsewhere' })],
    ['another audience', () => sign({ exp: soon(), aud: 'elsewhere' })],
    ['an unknown role', () => sign({ exp: soon(), role: 'root' })],
    ['a customer without an email', () => sign({ exp: soon(), role: 'customer' })],
    ["a stranger's key", async () => sign({ exp: soon() }, { key: (await generateKeyPair('EdDSA')).privateKey })],
    [
      'a key of another purpose',
      async () => sign({ exp: soon() }, { key: (await openSigningKey(dataDir, 'entitlements-1')).privateKey }),
    ],
    [
      'no signature at all',
      () =>
        Promise.resolve(
          new UnsecuredJWT({ sub: 's', role: 'admin', iss: 'seat-ledger', aud: 'seat-ledger', exp: soon() }).encode(),
        ),
    ],
    [
      'the public key as a shared secret',
      async () => {
        const { publicJwk, kid } = await openSigningKey(dataDir, 'access-tokens');
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        const signed = `${part({ alg: 'HS256', kid })}.${part({ sub: 's', role: 'admin', iss: 'seat-ledger', aud: 'seat-ledger', exp: soon() })}`;
        const secret = Buffer.from(publicJwk.x ?? '', 'base64url');
        return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      },
    ],
    [
      'a payload that was changed after a good one was seen',
      async () => {
        const good = await sign({ exp: soon() });
        expect((await call(good)).statusCode).toBe(200);
        const [header, payload, signature] = good.split('.');
        const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object;
        const forged = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
        return `${header}.${forged}.${signature}`;
      },
    ],
  ])('refuses %s', async (_, make) => {
    const reply = await call(await make());
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'unauthenticated' });
  });

  it('forgets a token when it expires', async () => {
    const at = Date.now();
    const token = await sign({ exp: Math.floor(at / 1_000) + 1 });
    expect((await call(token)).statusCode).toBe(200);
    jest.useFakeTimers({ now: at + 10_000, doNotFake: [...doNotFake] });
    try {
      expect((await call(token)).statusCode).toBe(401);
    } finally {
      jest.useRealTimers();
    }
  });

  it('issues nothing that would not work', async () => {
    await expect(issueLocalToken(dataDir, { role: 'customer' })).rejects.toThrow('needs an email');
    await expect(issueLocalToken(dataDir, { role: 'helpdesk' })).rejects.toThrow('needs a domain');
    await expect(issueLocalToken(dataDir, { role: 'root' as 'admin' })).rejects.toThrow('Choose one of');
    await expect(issueLocalToken(dataDir, { role: 'admin', expiresIn: 'soon' })).rejects.toThrow('30d or 12h');
  });
});

describe('tokens of an identity provider', () => {
  let provider: Server;
  let app: NestFastifyApplication;
  let privateKey: CryptoKey;
  let served = 0;
  let status = 200;
  const call = caller(() => app);

  beforeEach(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }];
    served = 0;
    status = 200;
    provider = createServer((_, response) => {
      served += 1;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const { port } = provider.address() as AddressInfo;
    app = await start({
      dataDir: '/nonexistent',
      auth: { jwksUrl: `http://127.0.0.1:${port}/keys`, issuer: 'https://idp.example', audience: 'ledger' },
    });
  });
  afterEach(async () => {
    await app.close();
    provider.close();
  });

  const sign = (claims: JWTPayload = {}, kid = 'k1') =>
    new SignJWT({ sub: 's', role: 'billing', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer('https://idp.example')
      .setAudience('ledger')
      .setExpirationTime('1m')
      .sign(privateKey);

  it('verifies them with its key set, fetched once', async () => {
    expect((await call(await sign())).statusCode).toBe(200);
    expect((await call(await sign({ sub: 't' }))).statusCode).toBe(200);
    expect(served).toBe(1);
  });

  it('does not ask it again for each forged key id', async () => {
    for (const kid of ['x', 'y', 'z']) expect((await call(await sign({}, kid))).statusCode).toBe(401);
    expect(served).toBe(1);
  });

  it('takes no token of a local key, and makes none', async () => {
    const { keys } = (await call(undefined, '/.well-known/jwks.json')).json<{ keys: JWK[] }>();
    expect(keys).toEqual([]);
    const dataDir = await mkdtemp(join(tmpdir(), 'auth-'));
    expect((await call(await issueLocalToken(dataDir, { role: 'admin' }))).statusCode).toBe(401);
    await rm(dataDir, { recursive: true });
  });

  it('does not blame the token when the provider fails', async () => {
    status = 500;
    const reply = await call(await sign());
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([503, 'identity-provider-unavailable']);
    expect(reply.headers['retry-after']).toBe('1');
    // It is left alone for a moment, and then asked again.
    for (let n = 0; n < 20; n++) expect((await call(await sign())).statusCode).toBe(503);
    expect(served).toBe(1);
    status = 200;
    jest.useFakeTimers({ now: Date.now() + 1_500, doNotFake: [...doNotFake] });
    try {
      expect((await call(await sign())).statusCode).toBe(200);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not start when its keys would come unprotected', async () => {
    const auth = { jwksUrl: 'http://idp.example/keys', issuer: 'i', audience: 'a' };
    await expect(start({ dataDir: '/nonexistent', auth })).rejects.toThrow('https');
  });
});
