import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const issuer = 'https://id.example';
export const audience = 'seat-ledger';

export interface ProviderKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly publicPem: string;
}

/** The key set of an identity provider on a port of this machine, and what it signs. */
export class SpecProvider {
  /** How often the set was fetched. */
  fetched = 0;
  /** What is served: the keys unless a specification puts something else here. */
  body: () => string = () => JSON.stringify({ keys: this.published.map(({ publicJwk }) => publicJwk) });

  private constructor(
    private readonly server: Server,
    /** The first one signs unless another is asked for. */
    public published: ProviderKey[],
  ) {}

  static async start(key: ProviderKey): Promise<SpecProvider> {
    const server = createServer();
    const provider = new SpecProvider(server, [key]);
    server.on('request', (_, response) => {
      provider.fetched += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(provider.body());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  static async newKey(kid: string, alg = 'RS256'): Promise<ProviderKey> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
    return { kid, alg, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) };
  }

  get key(): ProviderKey {
    const [key] = this.published;
    if (key === undefined) throw new Error('the provider has no key');
    return key;
  }

  get settings() {
    const { port } = this.server.address() as AddressInfo;
    return { jwksUrl: `http://127.0.0.1:${port}/jwks`, issuer, audience };
  }

  /** A good token of billing for the next minute, with `claims` over its own; undefined leaves one out. */
  sign(
    claims: Readonly<Record<string, unknown>> = {},
    { key = this.key, header = {} }: { key?: ProviderKey; header?: object } = {},
  ) {
    const now = Math.floor(Date.now() / 1_000);
    const good = { sub: 's', role: 'billing', iss: issuer, aud: audience, iat: now, exp: now + 60 };
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
      .sign(key.privateKey, { crit: { exp: true } });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
