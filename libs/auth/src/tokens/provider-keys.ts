import { Logger } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { isTokensFault } from './token-faults.js';

/** How old the keys get before they are fetched again, beside the requests. */
const refreshMs = 600_000;
/** How long keys count while their provider can not be reached. */
const staleMaxMs = 3_600_000;
/** How soon after a fetch a token with an unknown key may cause the next one: forged key ids cost no more than that. */
const cooldownMs = 5_000;
/** How long a provider that failed is left alone. */
const failureMs = 1_000;
const timeoutMs = 5_000;
const bytesMax = 1_048_576;

/** The keys of the identity provider could not be had: nothing is known about the token. */
export class KeysUnavailable extends Error {}

/**
 * The key set of an identity provider. It is fetched when the first token comes, when a token names a key that is not in
 * it, and every ten minutes; so a key that the provider adds is known within seconds, and one that it withdraws is
 * forgotten within ten minutes.
 */
export class ProviderKeys {
  private readonly logger = new Logger(ProviderKeys.name);
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  #fetchedAtMs = 0;
  #failedAtMs = 0;

  constructor(url: URL) {
    this.#keys = createRemoteJWKSet(url, {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: staleMaxMs,
      [customFetch]: (target, options) => this.#fetch(target, options),
    });
  }

  /** The key that a token's header names. @throws KeysUnavailable, or jose's errors when there is no such key */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    this.#refresh();
    try {
      return await this.#keys(header, token);
    } catch (error) {
      throw isTokensFault(error) ? error : new KeysUnavailable('The provider gave no keys', { cause: error });
    }
  };

  /** Nobody waits for it: what is there counts until it is replaced. */
  #refresh(): void {
    const isDue = this.#fetchedAtMs > 0 && Date.now() - this.#fetchedAtMs > refreshMs;
    if (isDue && this.#keys.fresh && !this.#keys.reloading) this.#keys.reload().catch(() => undefined);
  }

  async #fetch(url: string, options: Parameters<typeof fetch>[1]): Promise<Response> {
    if (Date.now() - this.#failedAtMs < failureMs) throw new Error('The provider failed a moment ago');
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) throw new Error(`The provider answered ${response.status}`);
      const keys = new Response(await bounded(response));
      this.#fetchedAtMs = Date.now();
      return keys;
    } catch (error) {
      this.#failedAtMs = Date.now();
      this.logger.warn(`The keys of the identity provider can not be fetched from ${url}: ${String(error)}`);
      throw error;
    }
  }
}

async function bounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > bytesMax) throw new Error(`The key set has more than ${bytesMax} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
