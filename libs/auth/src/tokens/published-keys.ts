import type { PublicJwk } from './signing-key.js';

/** The public keys that this ledger signs with, for those who check its signatures. */
export class PublishedKeys {
  private readonly keys = new Map<string, PublicJwk>();

  publish(key: PublicJwk): void {
    this.keys.set(key.kid, key);
  }

  all(): readonly PublicJwk[] {
    return [...this.keys.values()];
  }
}
