import type { Principal } from '../principal.js';
import { keyPrefix } from '../service-keys/key-text.js';
import type { ServiceKeys } from '../service-keys/service-keys.js';
import { InvalidToken, type TokenVerifier } from '../tokens/token-verifier.js';

/** Finds out who is calling by what they send: a token of a person or a program, or a service key. */
export class Callers {
  constructor(
    private readonly tokens: TokenVerifier,
    /** Null where no service keys are kept. */
    private readonly keys: ServiceKeys | null,
  ) {}

  /** @throws InvalidToken; any other error means that it could not be found out */
  async principalOf(bearer: string): Promise<Principal> {
    if (!bearer.startsWith(keyPrefix)) return this.tokens.verify(bearer);
    const principal = await this.keys?.principalOf(bearer);
    if (principal === undefined) throw new InvalidToken('there is no such service key, or it was revoked');
    return principal;
  }
}
