import { Injectable } from '@nestjs/common';
import { EventStore, Repository, type Aggregate } from '#event-store';
import { commandIdOf, requestOf, type Origin } from '../origin.js';
import { keyReused } from '../problems.js';
import { withStoreProblems } from '../store-problems.js';

/** The one event of a stream `command-<id>`: the key belongs to the request whose hash is in the metadata. */
interface IdempotencyKeyClaimed {
  readonly type: 'IdempotencyKeyClaimed';
  readonly data: { readonly subject: string };
}

const claimAggregate: Aggregate<null, IdempotencyKeyClaimed> = {
  initial: null,
  evolve: () => null,
  codec: {
    encode: ({ type, data }) => ({ type, version: 1, data }),
    decode: ({ data }) => ({ type: 'IdempotencyKeyClaimed', data: data as IdempotencyKeyClaimed['data'] }),
  },
};

/**
 * Idempotency keys of commands whose stream is named by their body: two bodies would find two streams, and neither
 * would know of the other. So the key itself is claimed first, for the one who sends it.
 */
@Injectable()
export class KeyClaims {
  readonly #claims: Repository<null, IdempotencyKeyClaimed>;

  constructor(store: EventStore) {
    this.#claims = new Repository(store, claimAggregate, { maxCachedStreams: 1_000 });
  }

  /** @throws ProblemException `idempotency-key-reused` when the key came with another request before */
  async claim(origin: Origin): Promise<void> {
    const { subject } = origin.principal;
    const stream = `command-${commandIdOf(`subject ${subject}`, origin.idempotencyKey)}`;
    const claimed: IdempotencyKeyClaimed = { type: 'IdempotencyKeyClaimed', data: { subject } };
    const outcome = await withStoreProblems(
      this.#claims.execute(stream, requestOf(stream, origin), () => ({ rolled: [], accepted: [claimed] })),
    );
    if (outcome.kind === 'key-reused') throw keyReused();
  }
}
