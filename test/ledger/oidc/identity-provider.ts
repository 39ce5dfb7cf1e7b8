import { fork, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

const clientId = 'customer-portal';
const redirectUri = 'http://127.0.0.1/callback';

/** The provider of the fixture as a process of its own, and a browser in front of it. */
export class IdentityProvider {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const file = join(__dirname, '../fixtures/identity-provider.mjs');
    const child = fork(file, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new IdentityProvider(url, child);
  }

  /** What the ledger is told of it. */
  async settings() {
    const { issuer, jwks_uri } = await this.#json<{ issuer: string; jwks_uri: string }>(
      await fetch(`${this.url}/.well-known/openid-configuration`),
    );
    return { AUTH_JWKS_URL: jwks_uri, AUTH_ISSUER: issuer, AUTH_AUDIENCE: 'seat-ledger' };
  }

  /** Signs in as a browser does: authorization code with PKCE, through the forms of the provider. */
  async login(person: string): Promise<Tokens> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const browser = new Browser(this.url);
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid offline_access ledger',
      prompt: 'consent',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const form = await browser.follow(`/auth?${query}`);
    const consent = await browser.follow(form, { prompt: 'login', login: person, password: 'x' });
    const callback = new URL(await browser.follow(consent, { prompt: 'consent' }));
    const code = callback.searchParams.get('code');
    if (code === null) throw new Error(`The provider gave no code: ${callback.search}`);
    return this.#token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier });
  }

  refresh({ refresh_token }: Tokens): Promise<Tokens> {
    return this.#token({ grant_type: 'refresh_token', refresh_token });
  }

  /** From now on it signs with another key, and still publishes the one before. Whoever was logged in is so no more. */
  async rotateKeys(): Promise<void> {
    const done = once(this.child, 'message');
    this.child.send('rotate');
    await done;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }

  async #token(grant: Record<string, string>): Promise<Tokens> {
    const body = new URLSearchParams({ ...grant, client_id: clientId });
    return this.#json(await fetch(`${this.url}/token`, { method: 'POST', body }));
  }

  async #json<T>(response: Response): Promise<T> {
    if (!response.ok) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

/** As much of a browser as a login needs: it keeps cookies and follows redirects, up to a form or away from the provider. */
class Browser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** @returns where the form is sent to, or where the provider sends the browser away to */
  async follow(address: string, form?: Record<string, string>): Promise<string> {
    let url = new URL(address, this.origin);
    let body = form && new URLSearchParams(form);
    for (;;) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie },
        ...(body !== undefined && { method: 'POST', body }),
      });
      for (const set of response.headers.getSetCookie()) this.#keep(set);
      const location = response.headers.get('location');
      if (location === null) return this.#formOf(response, await response.text());
      url = new URL(location, url);
      body = undefined;
      if (url.origin !== this.origin) return url.href;
    }
  }

  #keep(set: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  #formOf({ status }: Response, html: string): string {
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined)
      throw new Error(`The provider answered ${status} without a form: ${html.slice(0, 2_000)}`);
    return action;
  }
}
