import { mayAccess, type Principal } from '#auth';
import type { Accepted, CommittedEvent, Outcome, Position } from '#event-store';
import { answer, notFound, type Answer } from '#http';
import type { LicenseEvent, LicenseEventType, LicenseHistory, LicenseState } from '#license';
import { keyReused, staleRevision } from '../problems.js';

/** What a command came to: its own events, as recorded, and the license after them. A repeat gives the very same. */
export interface LicenseOutcome extends Pick<Accepted<LicenseHistory, LicenseEvent>, 'events' | 'revision'> {
  readonly state: LicenseState;
  readonly position: Position;
  /** What time had made due and this command recorded before its own events. */
  readonly rolled: readonly LicenseEvent[];
}

/** What a license tells those who may not see it, and those who look for one that there is not. */
export const noLicense = { code: 'not-found', detail: 'There is no such license.' } as const;

/** @throws ProblemException unless the command was taken and its license is the principal's to see. */
export function takenBy(
  principal: Principal,
  outcome: Exclude<Outcome<LicenseHistory, LicenseEvent, never>, { kind: 'refused' }>,
  rolled: readonly LicenseEvent[],
): LicenseOutcome {
  if (outcome.kind === 'key-reused') throw keyReused();
  if (outcome.kind === 'revision-mismatch') throw staleRevision(outcome.revision);
  const { before, state, events, revision, position } = outcome;
  if (state === null || position === null) throw new Error('an accepted command has a license');
  // A repeat is not decided again, so it is here that a stranger who knows the key is turned away.
  if (!mayAccess(principal, before ?? state)) throw notFound(noLicense.detail);
  return { state, events, revision, position, rolled };
}

/** The answer to a command, with the place of its events in the header. */
export function answered<T>(body: T, { revision, position }: Pick<LicenseOutcome, 'revision' | 'position'>): Answer<T> {
  return answer(body, { revision, position });
}

/** The command's own event of this type. @throws Error when it has none */
export function eventOf<T extends LicenseEventType>(
  { events }: LicenseOutcome,
  type: T,
): CommittedEvent<LicenseEvent<T>> {
  const found = events.find(({ event }) => event.type === type);
  if (found === undefined) throw new Error(`the command has no event ${type}`);
  return found as unknown as CommittedEvent<LicenseEvent<T>>;
}
