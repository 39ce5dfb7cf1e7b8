import type { Draft } from '../draft.js';

/**
 * Erases who the staff are, the removed ones included: also of a license that has ended, and as often as it is asked
 * for. Who has seats, and how many, stays.
 */
export function erasePersonalData(draft: Draft): void {
  const { state, now: effectiveAt } = draft;
  const staff = Object.values(state.staff).filter(({ person }) => person !== null).length;
  if (staff === 0) return;
  draft.emit({ type: 'PersonalDataErased', data: { effectiveAt, key: state.personalDataKey, staff } });
}
