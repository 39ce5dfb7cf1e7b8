import { compactVerify, createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { Webhook } from 'standardwebhooks';
import type { Acknowledgement, Entitlement } from './instance-state.js';

export interface SignedEntitlement extends Entitlement {
  readonly jws: string;
}

/** Makes the bearer token of an instance. */
export type TokenOf = (domain: string) => Promise<string>;

const timeoutMs = 10_000;

/** An instance's view of its ledger: what it fetches and reports, and how it knows the ledger's word. */
export class LedgerClient {
  readonly #url: string;
  readonly #keys: JWTVerifyGetKey;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #secrets = new Map<string, string>();

  constructor(
    url: string,
    private readonly tokenOf: TokenOf,
  ) {
    this.#url = url.replace(/\/$/, '');
    this.#keys = createRemoteJWKSet(new URL(`${this.#url}/.well-known/jwks.json`), { cooldownDuration: 1_000 });
  }

  /** The entitlement in a push, if it comes from the ledger. @throws Error when either signature is wrong */
  async checkPush(domain: string, body: string, headers: Readonly<Record<string, string>>): Promise<Entitlement> {
    const secret = this.#secrets.get(domain) ?? (await this.#fetchSecret(domain));
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return this.check(domain, JSON.parse(body) as SignedEntitlement);
  }

  /** The entitlement that the ledger signed for this domain. @throws Error when it signed another */
  async check(domain: string, { jws, ...rest }: SignedEntitlement): Promise<Entitlement> {
    const { payload } = await compactVerify(jws, this.#keys, { algorithms: ['EdDSA'] });
    const signed = JSON.parse(new TextDecoder().decode(payload)) as Entitlement;
    if (JSON.stringify(signed) !== JSON.stringify(rest)) throw new Error('the document is not the one that was signed');
    if (signed.domain !== domain) throw new Error(`the entitlement is that of ${signed.domain}`);
    return signed;
  }

  async fetchEntitlement(domain: string): Promise<Entitlement> {
    return this.check(domain, (await this.#ask('GET', domain, 'entitlement')) as SignedEntitlement);
  }

  async acknowledge(domain: string, acknowledgement: Acknowledgement): Promise<void> {
    await this.#ask('POST', domain, 'acknowledgements', acknowledgement);
  }

  /** Answers what the ledger says: whether the helpdesk is locked, and why. */
  reportStaff(domain: string, active: number): Promise<unknown> {
    return this.#ask('POST', domain, 'staff-count', { active });
  }

  async #fetchSecret(domain: string): Promise<string> {
    const { secret } = (await this.#ask('GET', domain, 'callback-secret')) as { secret: string };
    this.#secrets.set(domain, secret);
    return secret;
  }

  async #ask(method: 'GET' | 'POST', domain: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/v1/helpdesks/${encodeURIComponent(domain)}/${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${await this.#tokenFor(domain)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { detail } = answer as { detail?: string };
    throw new Error(`the ledger answered ${response.status}: ${detail ?? 'without a reason'}`);
  }

  #tokenFor(domain: string): Promise<string> {
    const token = this.#tokens.get(domain) ?? this.tokenOf(domain);
    this.#tokens.set(domain, token);
    return token;
  }
}
