import fc from 'fast-check';
import { evolveAll, isSealed, type KeptPerson, type LicenseEvent, type LicenseState } from '#license';
import { histories, play } from '#testing';
import { DataKey } from './sealing/data-key.js';

const runs = { numRuns: 200 };

/** The history as it would have been recorded with every person sealed, each under the key of its time. */
function sealedHistory(events: readonly LicenseEvent[], keys: (key: number) => DataKey): LicenseEvent[] {
  let current = 1;
  return events.map((event) => {
    if (event.type === 'PersonalDataErased') current = event.data.key + 1;
    if (event.type !== 'StaffAdded' || isSealed(event.data.person)) return event;
    const person = keys(current).seal(event.data.staffId, event.data.person);
    return { ...event, data: { ...event.data, person } };
  });
}

function openedState(state: LicenseState, keys: (key: number) => DataKey): LicenseState {
  const told = (staffId: string, person: KeptPerson | null) =>
    person && isSealed(person) ? keys(person.key).open(staffId, person) : person;
  const staff = Object.entries(state.staff).map(([id, member]) => [id, { ...member, person: told(id, member.person) }]);
  return { ...state, staff: Object.fromEntries(staff) as LicenseState['staff'] };
}

describe('whatever happens to a license', () => {
  it('it comes to the same whether its persons are sealed or not', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { events, state } = play(history);
        const { licenseId } = state;
        const keys = (key: number) => new DataKey({ licenseId, key }, Buffer.alloc(32, key));
        const sealed = evolveAll(null, sealedHistory(events, keys));
        expect(sealed && openedState(sealed, keys)).toEqual(state);
      }),
      runs,
    );
  });

  it('nobody who was erased is in it, and whoever came later is under the key that is there', () => {
    fc.assert(
      fc.property(histories(), (history) => {
        const { events, state } = play(history);
        const { licenseId, personalDataKey } = state;
        // Only the newest key is left: to open anything else would throw.
        const keys = (key: number) => new DataKey({ licenseId, key }, Buffer.alloc(32, key));
        const left = (key: number) => {
          if (key !== personalDataKey) throw new Error(`key ${key} is destroyed`);
          return keys(key);
        };
        const sealed = evolveAll(null, sealedHistory(events, keys));
        expect(sealed && openedState(sealed, left)).toEqual(state);
      }),
      runs,
    );
  });
});
