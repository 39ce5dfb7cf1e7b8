import { entitlementChange, evolve, type EntitlementChange, type LicenseEvent, type LicenseHistory } from '#license';

/** The seats of a license from a revision on, and the change that made them so. Newest first. */
export interface EntitlementStep {
  readonly revision: number;
  readonly seats: number;
  /** Null for the registration, which the instance fetches. */
  readonly change: EntitlementChange | null;
  readonly older: EntitlementStep | null;
}

/** A license with every change that its entitlement has gone through. */
export interface EntitlementHistory {
  readonly license: LicenseHistory;
  /** Of the newest event; -1 before the first. */
  readonly revision: number;
  readonly newest: EntitlementStep | null;
}

export const noEntitlement: EntitlementHistory = { license: null, revision: -1, newest: null };

/** Folds the license's stream, all of it and in order: the revision is counted. */
export function evolveEntitlement(history: EntitlementHistory, event: LicenseEvent): EntitlementHistory {
  const license = evolve(history.license, event);
  const revision = history.revision + 1;
  const change = entitlementChange(license.licenseId, event, revision);
  const isStep = change !== null || history.newest === null;
  const newest = isStep ? { revision, seats: license.seats, change, older: history.newest } : history.newest;
  return { license, revision, newest };
}

/** The seats that the license had at a revision, or null when it has not come so far. */
export function seatsAt({ revision: newestRevision, newest }: EntitlementHistory, revision: number): number | null {
  if (revision < 0 || revision > newestRevision) return null;
  let step = newest;
  while (step !== null && step.revision > revision) step = step.older;
  return step?.seats ?? null;
}

/** The changes up to a revision, the newest first. */
export function* changesUpTo({ newest }: EntitlementHistory, revision: number): Generator<EntitlementChange> {
  for (let step = newest; step !== null; step = step.older) {
    if (step.change !== null && step.revision <= revision) yield step.change;
  }
}
