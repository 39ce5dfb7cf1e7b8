import { randomUUID } from 'node:crypto';
import { compactVerify, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Acknowledgement, Entitlement } from './instance-state.js';

export interface SignedEntitlement extends Entitlement {
  readonly jws: string;
}

/** Makes the bearer token of an instance. */
export type TokenOf = (domain: string) => Promise<string>;

/** What claims to be the ledger's word is not, as far as its signatures tell. */
export class NotSigned extends Error {
  override readonly name = 'NotSigned';
}

const timeoutMs = 10_000;
/** Keys are published long after they sign, and one that is not known yet is fetched: there is nothing to refresh. */
const keySetOptions = { cacheMaxAge: Infinity, cooldownDuration: 1_000 };
const { JWKSNoMatchingKey, JWSInvalid, JWSSignatureVerificationFailed } = errors;
const notSignedErrors = [WebhookVerificationError, JWKSNoMatchingKey, JWSInvalid, JWSSignatureVerificationFailed];

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
    this.#keys = createRemoteJWKSet(new URL(`${this.#url}/.well-known/jwks.json`), keySetOptions);
  }

  /** Fetches what an instance needs to know its ledger by: the secret that signs what is pushed to it. */
  async connect(domain: string): Promise<void> {
    await this.#secretOf(domain);
  }

  /** The entitlement in a push. @throws NotSigned when it is not the ledger's; Error when that can't be found out */
  async checkPush(domain: string, body: string, headers: Readonly<Record<string, string>>): Promise<Entitlement> {
    const secret = await this.#secretOf(domain);
    await signed(() => new Webhook(secret).verify(body, headers, { jsonParse: false }));
    return this.check(domain, JSON.parse(body) as SignedEntitlement);
  }

  /** The entitlement that the ledger signed for this domain. @throws NotSigned when it signed another */
  async check(domain: string, { jws, ...rest }: SignedEntitlement): Promise<Entitlement> {
    const { payload } = await signed(() => compactVerify(jws, this.#keys, { algorithms: ['EdDSA'] }));
    const known = JSON.parse(new TextDecoder().decode(payload)) as Entitlement;
    if (JSON.stringify(known) !== JSON.stringify(rest))
      throw new NotSigned('the document is not the one that was signed');
    if (known.domain !== domain) throw new NotSigned(`the entitlement is that of ${known.domain}`);
    return known;
  }

  async fetchEntitlement(domain: string): Promise<Entitlement> {
    return this.check(domain, (await this.#ask('GET', domain, 'entitlement')) as SignedEntitlement);
  }

  async acknowledge(domain: string, acknowledgement: Acknowledgement): Promise<void> {
    await this.#ask('POST', domain, 'acknowledgements', acknowledgement);
  }

  /** Answers what the ledger says: whether the helpdesk is locked, and why. With the same key it is one report. */
  reportStaff(domain: string, active: number, key: string = randomUUID()): Promise<unknown> {
    return this.#ask('POST', domain, 'staff-count', { active }, { 'idempotency-key': key });
  }

  async #secretOf(domain: string): Promise<string> {
    const known = this.#secrets.get(domain);
    if (known !== undefined) return known;
    const { secret } = (await this.#ask('GET', domain, 'callback-secret')) as { secret: string };
    this.#secrets.set(domain, secret);
    return secret;
  }

  async #ask(
    method: 'GET' | 'POST',
    domain: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const response = await fetch(`${this.#url}/v1/helpdesks/${encodeURIComponent(domain)}/${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${await this.#tokenFor(domain)}`,
        'content-type': 'application/json',
        ...headers,
      },
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

/** Tells a signature that is wrong from one that could not be checked, as without the key set. */
async function signed<T>(check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Error) || !notSignedErrors.some((type) => error instanceof type)) throw error;
    throw new NotSigned(error.message, { cause: error });
  }
}
