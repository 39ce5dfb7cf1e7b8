import { Injectable } from '@nestjs/common';
import { mayAccess, type Principal } from '#auth';
import type { Refusal } from '#contracts';
import { EventStore, Repository, type Decision } from '#event-store';
import { notFound, ProblemException } from '#http';
import {
  decide,
  isSealed,
  licenseStream,
  type Catalogue as PlanEditions,
  type LicenseCommand,
  type LicenseEvent,
  type LicenseHistory,
  type LicenseState,
} from '#license';
import { Persons, type DataKey } from '#personal-data';
import { Clock } from '#platform';
import { Catalogue } from '../catalogue/catalogue.js';
import { staleRevision } from '../problems.js';
import { withKeyProblems, withStoreProblems } from '../store-problems.js';
import { licenseAggregate } from './license-aggregate.js';
import { noLicense, takenBy, type LicenseOutcome } from './license-outcome.js';
import { requestOf, type Origin } from '../origin.js';
import { plansNeeded, type PlanNeed } from './plans-needed.js';
import { namesPersons, sealPersons } from './seal-persons.js';

export interface LoadedLicense {
  readonly state: LicenseState;
  readonly revision: bigint;
}

/** A command, or how to make it from the license. */
export type CommandSource = LicenseCommand | ((state: LicenseState) => LicenseCommand);

/** A busy license decides some hundred commands a second: what waits longer than a client would is turned away. */
const waiting = { maxWaitingPerStream: 4_000, maxWaiting: 20_000 };

/** How often a decision may turn out to need another plan before something is badly wrong. */
const maxRounds = 10;

/** A decision that has to wait until these plans have been read. */
class PlansMissing {
  constructor(readonly needs: readonly PlanNeed[]) {}
}

/** A decision that has to wait for the key under which it is recorded. */
class KeyMissing {
  constructor(readonly state: LicenseState) {}
}

/** Runs commands on licenses: load, decide, append. */
@Injectable()
export class LicenseCommands {
  readonly #licenses: Repository<LicenseHistory, LicenseEvent>;

  constructor(
    store: EventStore,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
    private readonly persons: Persons,
  ) {
    this.#licenses = new Repository(store, licenseAggregate, waiting);
  }

  /**
   * Decides the command and records what it brings about, once for each idempotency key.
   * @throws ProblemException with the refusal, or with why the event store could not take it
   */
  async execute(licenseId: string, origin: Origin, command: CommandSource): Promise<LicenseOutcome> {
    const stream = licenseStream(licenseId);
    const arrivedAtMs = performance.now();
    const justRead = new Set<string>();
    // As a rule the key is in memory. One that had to be read is kept here: it may leave memory before it is used.
    const keysRead = new Map<number, DataKey>();
    const keyOf = (key: number) => keysRead.get(key) ?? this.persons.held({ licenseId, key });
    for (let round = 0; round < maxRounds; round++) {
      const missing = ({ planId, current }: PlanNeed): boolean =>
        !justRead.has(planId) && !this.catalogue.holds(planId, current, arrivedAtMs);
      let rolled: readonly LicenseEvent[] = [];
      const outcome = await withStoreProblems(
        this.#licenses.execute(stream, requestOf(stream, origin), (history, revision) => {
          const decision = sealedBy(keyOf, history, this.#decide(command, origin, history, revision, missing));
          rolled = decision.rolled;
          return decision;
        }),
      );
      // The key is the license's own: a stranger who has guessed it learns as little as from any other.
      if (outcome.kind === 'key-reused') await this.load(licenseId, origin.principal);
      if (outcome.kind !== 'refused') return takenBy(origin.principal, outcome, rolled);
      if (outcome.refusal instanceof ProblemException) throw outcome.refusal;
      if (outcome.refusal instanceof KeyMissing) {
        const { personalDataKey } = outcome.refusal.state;
        keysRead.set(personalDataKey, await this.#readKey(outcome.refusal.state));
        continue;
      }
      if (!(outcome.refusal instanceof PlansMissing)) throw ProblemException.of(outcome.refusal);
      await this.#readPlans(outcome.refusal.needs, arrivedAtMs);
      outcome.refusal.needs.forEach(({ planId }) => justRead.add(planId));
    }
    throw new Error(`a decision on ${stream} asked for ever more plans and keys`);
  }

  /** The license as its events have it now. */
  async load(licenseId: string, principal: Principal): Promise<LoadedLicense> {
    const { state, revision } = await withStoreProblems(this.#licenses.load(licenseStream(licenseId)));
    if (state === null || !mayAccess(principal, state)) throw notFound(noLicense.detail);
    return { state, revision };
  }

  /** The prices that deciding the command on paper looks at. */
  async pricesFor(command: LicenseCommand, state: LicenseState): Promise<PlanEditions> {
    await this.#readPlans(plansNeeded(command, state, this.clock.now()), performance.now());
    return this.catalogue.editions;
  }

  /** The license's prices as they stood when its command was recorded. */
  async pricesAsOf({ state, position }: LicenseOutcome): Promise<PlanEditions> {
    const planIds = [state.planId, ...(state.plannedChange ? [state.plannedChange.planId] : [])];
    const unread = planIds.filter((planId) => !this.catalogue.editions.has(planId));
    if (unread.length > 0) {
      const needs = unread.map((planId) => ({ planId, current: false }));
      await this.#readPlans(needs, performance.now());
    }
    return this.catalogue.asOf(planIds, position);
  }

  #decide(
    source: CommandSource,
    { principal, expectedRevision }: Origin,
    history: LicenseHistory,
    revision: bigint,
    isMissing: (need: PlanNeed) => boolean,
  ): Decision<LicenseEvent, Refusal | ProblemException | PlansMissing> {
    const command = commandOn(history, source);
    const isVisible = command?.type === 'RegisterLicense' || (history !== null && mayAccess(principal, history));
    if (command === null || !isVisible) return { rolled: [], refusal: noLicense };
    if (expectedRevision !== undefined && BigInt(expectedRevision) !== revision) {
      return { rolled: [], refusal: staleRevision(revision) };
    }
    const now = this.clock.now();
    const missing = plansNeeded(command, history, now).filter(isMissing);
    if (missing.length > 0) return { rolled: [], refusal: new PlansMissing(missing) };
    return decide(command, history, { now, catalogue: this.catalogue.editions });
  }

  /** Where somebody is sealed under it already, it must be there. */
  #readKey({ licenseId, personalDataKey: key, staff }: LicenseState): Promise<DataKey> {
    const isUsed = Object.values(staff).some(({ person }) => person && isSealed(person) && person.key === key);
    return withKeyProblems(this.persons.keyFor({ licenseId, key }, !isUsed));
  }

  async #readPlans(needs: readonly PlanNeed[], sinceMs: number): Promise<void> {
    await withStoreProblems(Promise.all(needs.map(({ planId }) => this.catalogue.refresh(planId, sinceMs))));
  }
}

/** The decision as it may be recorded, or what has to be known for that first. */
function sealedBy<Refusal>(
  keyOf: (key: number) => DataKey | undefined,
  history: LicenseHistory,
  decision: Decision<LicenseEvent, Refusal>,
): Decision<LicenseEvent, Refusal | KeyMissing> {
  if (history === null || !namesPersons(decision)) return decision;
  const key = keyOf(history.personalDataKey);
  return key === undefined ? { rolled: [], refusal: new KeyMissing(history) } : sealPersons(decision, key);
}

function commandOn(history: LicenseHistory, source: CommandSource): LicenseCommand | null {
  if (typeof source !== 'function') return source;
  return history && source(history);
}
