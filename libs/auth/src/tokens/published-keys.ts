import type { PublicJwk } from './signing-key.js';

/** Where published keys come from: asked anew for each answer, for keys are rotated. */
export type KeySource = () => Promise<readonly PublicJwk[]>;

/** The public keys that this ledger signs with, for those who check its signatures. */
export class PublishedKeys {
  private readonly sources: KeySource[] = [];

  publish(source: KeySource): void {
    this.sources.push(source);
  }

  async all(): Promise<readonly PublicJwk[]> {
    return (await Promise.all(this.sources.map((source) => source()))).flat();
  }
}
