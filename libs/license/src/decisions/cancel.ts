import type { Draft } from '../draft.js';
import type { Refusal } from '../refusal.js';
import { cancelled } from './standing.js';

/** Ends the license with the last cycle that was invoiced, without refund. */
export function cancelLicense(reason: string | null, draft: Draft): Refusal | undefined {
  const { state, now: effectiveAt } = draft;
  if (state.cancellation) return cancelled(draft);
  if (state.paid === null) throw new Error('a registered license has an invoiced cycle');
  draft.emit({
    type: 'LicenseCancelled',
    data: { effectiveAt, changeId: draft.nextChangeId(), reason, endsOn: state.paid.cycle.endsOn },
  });
  return undefined;
}
