import type { Decision } from '#event-store';
import { isSealed, type LicenseEvent } from '#license';
import type { DataKey } from '#personal-data';

/** Whether a decision names somebody who is not sealed yet. */
export function namesPersons(decision: Decision<LicenseEvent, unknown>): boolean {
  return 'accepted' in decision && decision.accepted.some((event) => event.type === 'StaffAdded' && isPlain(event));
}

/** The decision as it may be recorded: who is named in it is sealed. */
export function sealPersons<Refusal>(
  decision: Decision<LicenseEvent, Refusal>,
  key: DataKey,
): Decision<LicenseEvent, Refusal> {
  if (!('accepted' in decision)) return decision;
  return { ...decision, accepted: decision.accepted.map((event) => sealed(event, key)) };
}

function sealed(event: LicenseEvent, key: DataKey): LicenseEvent {
  if (event.type !== 'StaffAdded' || isSealed(event.data.person)) return event;
  const { staffId, person } = event.data;
  return { ...event, data: { ...event.data, person: key.seal(staffId, person) } };
}

const isPlain = ({ data }: LicenseEvent<'StaffAdded'>): boolean => !isSealed(data.person);
