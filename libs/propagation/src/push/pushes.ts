import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { time, type Position } from '#event-store';
import type { EntitlementChange } from '#license';
import { OutboundClient, OutboundFailed, type OutboundAnswer } from '#outbound';
import { Clock } from '#platform';
import { Acknowledgements } from '../acknowledgement/acknowledgements.js';
import { mismatchOf } from '../acknowledgement/mismatch.js';
import type { Acknowledged } from '../acknowledgement/propagations.js';
import { PushAttempts } from '../attempts/push-attempts.js';
import { Entitlements } from '../entitlement/entitlements.js';
import type { SignedEntitlement } from '#contracts';
import type { EntitlementHistory } from '../history/entitlement-history.js';
import { LicenseHistoryReader } from '../history/license-history-reader.js';
import { nextAttemptAt } from './back-off.js';
import { CallbackSecrets } from './callback-secrets.js';
import { PushLeases, type Lease } from './push-leases.js';

export interface PushResult {
  /**
   * `settled`: nothing was to be brought. `no-callback`: the instance comes for it itself. `waiting`: the next attempt
   * is not due yet. `busy`: another worker pushes to the instance just now; ask again in a moment.
   */
  readonly kind: 'settled' | 'no-callback' | 'waiting' | 'busy' | 'acknowledged' | 'failed';
  /** Of the license when the push was made: later changes need another one. */
  readonly revision: number;
  readonly error?: string;
  /** Where the acknowledgement was recorded, if this push made one. */
  readonly position?: Position;
}

/** What one call came to. An instance that acknowledges an older revision is right about that one, and has an error. */
interface Brought {
  readonly acknowledged: Acknowledged | null;
  readonly error: string | null;
}

/** Brings entitlements to their instances. */
@Injectable()
export class Pushes {
  constructor(
    private readonly histories: LicenseHistoryReader,
    private readonly acknowledgements: Acknowledgements,
    private readonly entitlements: Entitlements,
    private readonly attempts: PushAttempts,
    private readonly leases: PushLeases,
    private readonly callbacks: OutboundClient,
    private readonly secrets: CallbackSecrets,
    private readonly clock: Clock,
  ) {}

  /**
   * Pushes the license's entitlement as it is now, when some change of it is not settled and an attempt is due. One
   * call for all changes, and one at a time: what is pushed is never older than what was pushed before.
   */
  async push(licenseId: string, correlationId: string): Promise<PushResult> {
    const history = await this.histories.current(licenseId, correlationId);
    const changes = await this.acknowledgements.unsettled(history);
    if (changes.length === 0) return { kind: 'settled', revision: history.revision };
    const lease = await this.leases.acquire(licenseId);
    if (lease === null) return { kind: 'busy', revision: history.revision };
    try {
      return await this.#pushInTurn(licenseId, correlationId, lease);
    } finally {
      await lease.release();
    }
  }

  /** Looks again at what is to be brought: another worker may have brought it before this one's turn came. */
  async #pushInTurn(licenseId: string, correlationId: string, lease: Lease): Promise<PushResult> {
    const history = await this.histories.current(licenseId, correlationId);
    const { revision, license } = history;
    const changes = await this.acknowledgements.unsettled(history);
    const [newest] = changes;
    if (newest === undefined || license === null) return { kind: 'settled', revision };
    if (license.callbackUrl === null) {
      await this.attempts.leave(changes);
      return { kind: 'no-callback', revision };
    }
    if (!(await this.#isDue(newest))) return { kind: 'waiting', revision };
    if (!lease.isLongEnough()) return { kind: 'busy', revision };
    const { acknowledged, error } = await this.#bring(history, newest, license.callbackUrl);
    // Counted before it counts for anything: a worker that dies now has made the call all the same, and the next one is
    // due at once.
    const nextAttemptAt = error === null ? this.clock.now() : await this.#nextAttemptAt(newest);
    await this.attempts.attempted(changes, { error, nextAttemptAt });
    const settled =
      acknowledged && (await this.acknowledgements.settle(history, acknowledged, { actor: time, correlationId }));
    const position = settled?.position ?? null;
    const made = { revision, ...(position !== null && { position }) };
    return error === null ? { kind: 'acknowledged', ...made } : { kind: 'failed', error, ...made };
  }

  async #bring(history: EntitlementHistory, newest: EntitlementChange, url: string): Promise<Brought> {
    const entitlement = await this.entitlements.issue(history);
    if (entitlement === null) throw new Error('a license has an entitlement');
    const answer = await this.#call(url, history, entitlement);
    const acknowledged = typeof answer === 'string' ? answer : acknowledgementIn(answer);
    if (typeof acknowledged === 'string') return { acknowledged: null, error: acknowledged };
    const refusal = mismatchOf(history, acknowledged);
    if (refusal !== null) return { acknowledged: null, error: refusal.detail };
    if (acknowledged.revision >= newest.revision) return { acknowledged, error: null };
    const error = `the instance acknowledged revision ${acknowledged.revision}, not yet ${history.revision}`;
    return { acknowledged, error };
  }

  async #call(url: string, { license }: EntitlementHistory, entitlement: SignedEntitlement) {
    const licenseId = license?.licenseId ?? '';
    const body = JSON.stringify(entitlement);
    // The same entitlement has the same id, however often it is sent. The time is the system's: it says how fresh the
    // message is, not what time it is in the ledger.
    const id = `entitlement_${licenseId}_${entitlement.revision}`;
    const sentAt = new Date();
    try {
      return await this.callbacks.post(url, body, {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        'webhook-signature': new Webhook(this.secrets.of(licenseId)).sign(id, sentAt, body),
      });
    } catch (error) {
      if (error instanceof OutboundFailed) return error.message;
      throw error;
    }
  }

  /** By the newest change: the first attempt for it is due at once, whatever older ones are waiting for. */
  async #isDue({ changeId }: EntitlementChange): Promise<boolean> {
    const made = await this.attempts.of(changeId);
    return made === null || (made.nextAttemptAt !== null && made.nextAttemptAt <= this.clock.now());
  }

  async #nextAttemptAt(newest: EntitlementChange): Promise<string> {
    const made = await this.attempts.of(newest.changeId);
    return nextAttemptAt(newest, (made?.count ?? 0) + 1, this.clock.now());
  }
}

/** The acknowledgement in an answer, or what is wrong with it. */
function acknowledgementIn({ status, body }: OutboundAnswer): Acknowledged | string {
  if (status < 200 || status > 299) return `the instance answered ${status}`;
  try {
    const { revision, seats } = JSON.parse(body) as Record<string, unknown>;
    if (Number.isSafeInteger(revision) && Number.isSafeInteger(seats)) return { revision, seats } as Acknowledged;
  } catch {
    // It is no JSON: the answer below says it.
  }
  return `the instance answered ${status} without { revision, seats }`;
}
