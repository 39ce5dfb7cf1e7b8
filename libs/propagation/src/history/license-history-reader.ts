import { Injectable } from '@nestjs/common';
import { mayAccess, type Principal } from '#auth';
import { LicenseCommands, systemOrigin, withStoreProblems } from '#commands';
import { EventStore, Repository } from '#event-store';
import { notFound } from '#http';
import {
  decodeEvent,
  encodeEvent,
  licenseStream,
  nextDueAt,
  type EntitlementChange,
  type LicenseEvent,
} from '#license';
import { Clock } from '#platform';
import { changesUpTo, evolveEntitlement, noEntitlement, type EntitlementHistory } from './entitlement-history.js';

const aggregate = {
  initial: noEntitlement,
  evolve: evolveEntitlement,
  codec: {
    encode: (event: LicenseEvent) => encodeEvent(event),
    decode: (stored: Parameters<typeof decodeEvent>[0]) => decodeEvent(stored),
  },
};

/** Reads what a license's entitlement is and was, from its events. */
@Injectable()
export class LicenseHistoryReader {
  readonly #histories: Repository<EntitlementHistory, LicenseEvent>;

  constructor(
    store: EventStore,
    private readonly licenses: LicenseCommands,
    private readonly clock: Clock,
  ) {
    this.#histories = new Repository(store, aggregate, { maxCachedStreams: 2_000 });
  }

  /** As the events have it. @throws ProblemException when the event store does not answer */
  async recorded(licenseId: string): Promise<EntitlementHistory> {
    return (await withStoreProblems(this.#histories.load(licenseStream(licenseId)))).state;
  }

  /** One change of the license's entitlement; null when its events have none with this id. */
  async change(licenseId: string, changeId: string): Promise<EntitlementChange | null> {
    const history = await this.recorded(licenseId);
    for (const change of changesUpTo(history, history.revision)) if (change.changeId === changeId) return change;
    return null;
  }

  /** As it is now, for a caller. @throws ProblemException `not-found` before anything is done for a stranger */
  async currentFor(principal: Principal, licenseId: string, correlationId: string): Promise<EntitlementHistory> {
    await this.recordedFor(principal, licenseId);
    return this.current(licenseId, correlationId);
  }

  /** As the events have it, for a caller. @throws ProblemException `not-found` also when it is not the caller's */
  async recordedFor(principal: Principal, licenseId: string): Promise<EntitlementHistory> {
    const history = await this.recorded(licenseId);
    if (history.license === null || !mayAccess(principal, history.license)) throw notFound();
    return history;
  }

  /** As it is now: what time has made due is recorded first. */
  async current(licenseId: string, correlationId: string): Promise<EntitlementHistory> {
    const history = await this.recorded(licenseId);
    const dueAt = history.license && nextDueAt(history.license);
    if (dueAt === null || dueAt > this.clock.now()) return history;
    await this.licenses.execute(licenseId, systemOrigin(correlationId), { type: 'RollForward' });
    return this.recorded(licenseId);
  }
}
