import { latest } from '#calendar';
import type { LicenseCommand } from './commands.js';
import { cancelLicense } from './decisions/cancel.js';
import { changeBillingDetails, extendDueDate, grantCredit, recordPayment } from './decisions/billing.js';
import { erasePersonalData } from './decisions/personal-data.js';
import { changePlan } from './decisions/plan.js';
import { registerLicense } from './decisions/register.js';
import { changeSeats } from './decisions/seats.js';
import { addStaff, moveStaff, reportStaffCount } from './decisions/staff.js';
import { Draft, type DecisionContext } from './draft.js';
import type { LicenseEvent } from './events.js';
import type { Refusal } from './refusal.js';
import { rollForward } from './roll-forward.js';
import type { LicenseHistory } from './state.js';

/**
 * What a command comes to: the events that were due anyhow (`rolled`), and then the command's own or the reason why
 * there are none.
 */
export type Decision =
  | { readonly rolled: readonly LicenseEvent[]; readonly accepted: readonly LicenseEvent[] }
  | { readonly rolled: readonly LicenseEvent[]; readonly refusal: Refusal };

/**
 * Decides a command. Pure and total: the same history, command, moment and catalogue give the same decision, and every
 * reason not to take a command is a value.
 */
export function decide(command: LicenseCommand, history: LicenseHistory, context: DecisionContext): Decision {
  if (command.type === 'RegisterLicense') {
    const registration = registerLicense(command, history, context);
    return { rolled: [], ...registration };
  }
  if (history === null) {
    return { rolled: [], refusal: { code: 'not-found', detail: 'There is no such license.' } };
  }
  // A clock that is behind another process's must not turn back a license's time.
  const monotonic = { ...context, now: latest(context.now, history.effectiveAt) };
  const due = new Draft(history, monotonic);
  rollForward(due);
  const draft = new Draft(due.state, monotonic);
  const refusal = decideRolled(command, draft);
  return refusal ? { rolled: due.events, refusal } : { rolled: due.events, accepted: draft.events };
}

/** @returns the refusal, or nothing when the draft holds the command's events. */
function decideRolled(
  command: Exclude<LicenseCommand, { type: 'RegisterLicense' }>,
  draft: Draft,
): Refusal | undefined {
  switch (command.type) {
    case 'ChangeSeats':
      return changeSeats(command, draft);
    case 'ChangePlan':
      return changePlan(command.planId, draft);
    case 'AddStaff':
      return addStaff(command, draft);
    case 'DisableStaff':
    case 'EnableStaff':
    case 'RemoveStaff':
      return moveStaff(command, draft);
    case 'ErasePersonalData':
      erasePersonalData(draft);
      return undefined;
    case 'ReportStaffCount':
      return reportStaffCount(command.active, draft);
    case 'ChangeBillingDetails':
      return changeBillingDetails(command, draft);
    case 'RecordPayment':
      return recordPayment(command, draft);
    case 'GrantCredit':
      return grantCredit(command, draft);
    case 'ExtendDueDate':
      return extendDueDate(command, draft);
    case 'CancelLicense':
      return cancelLicense(command.reason ?? null, draft);
    case 'RollForward':
      return undefined;
  }
}
