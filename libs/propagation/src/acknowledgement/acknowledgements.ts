import { Injectable, Logger } from '@nestjs/common';
import type { Cause } from '#commands';
import type { Refusal } from '#contracts';
import type { Position } from '#event-store';
import type { EntitlementChange } from '#license';
import { Clock } from '#platform';
import { PushAttempts } from '../attempts/push-attempts.js';
import { changesUpTo, type EntitlementHistory } from '../history/entitlement-history.js';
import { mismatchOf } from './mismatch.js';
import { Propagations, type Acknowledged } from './propagations.js';

/** The changes that an acknowledgement settled, and where that is recorded; null when they were settled before. */
export interface Settled {
  readonly settled: readonly EntitlementChange[];
  readonly position: Position | null;
}

export type AcknowledgementResult = Settled | { readonly refusal: Refusal };

/** Takes an instance's word that it has an entitlement, if the word is right. */
@Injectable()
export class Acknowledgements {
  private readonly logger = new Logger(Acknowledgements.name);

  constructor(
    private readonly propagations: Propagations,
    private readonly attempts: PushAttempts,
    private readonly clock: Clock,
  ) {}

  /**
   * The changes up to a revision that their instance is not known to have, the newest first. Changes are settled oldest
   * first, each after the one before, so those behind a settled one are settled too: nothing older is read.
   */
  async unsettled(history: EntitlementHistory, upTo = history.revision): Promise<EntitlementChange[]> {
    const found: EntitlementChange[] = [];
    for (const change of changesUpTo(history, upTo)) {
      if ((await this.propagations.status(change)) === 'propagated') break;
      found.push(change);
    }
    return found;
  }

  /** Settles every change up to the acknowledged revision. Once more changes nothing. */
  async acknowledge(
    history: EntitlementHistory,
    acknowledged: Acknowledged,
    cause: Cause,
  ): Promise<AcknowledgementResult> {
    const refusal = mismatchOf(history, acknowledged);
    if (refusal !== null) {
      await this.#note(history, refusal);
      return { refusal };
    }
    return this.settle(history, acknowledged, cause);
  }

  /** The same for an acknowledgement that is known to be right. */
  async settle(history: EntitlementHistory, acknowledged: Acknowledged, cause: Cause): Promise<Settled> {
    const settled = (await this.unsettled(history, acknowledged.revision)).reverse();
    let position: Position | null = null;
    for (const change of settled) position = (await this.propagations.settle(change, acknowledged, cause)) ?? position;
    await this.#clear(settled);
    return { settled, position };
  }

  /** A push that comes all the same finds nothing to bring, so this need not be certain. */
  async #clear(settled: readonly EntitlementChange[]): Promise<void> {
    if (settled.length === 0) return;
    try {
      await this.attempts.settled(settled);
    } catch (error) {
      this.logger.warn(`Settled changes are still noted for another attempt: ${String(error)}`);
    }
  }

  /** For whoever looks at the propagation. The refusal holds whether or not it can be noted. */
  async #note(history: EntitlementHistory, { detail }: Refusal): Promise<void> {
    try {
      await this.attempts.note(await this.unsettled(history), detail, this.clock.now());
    } catch (error) {
      this.logger.warn(`A wrong acknowledgement could not be noted: ${String(error)}`);
    }
  }
}
