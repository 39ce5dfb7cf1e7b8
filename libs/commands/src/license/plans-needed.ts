import { latest, type Instant } from '#calendar';
import { nextDueAt, type LicenseCommand, type LicenseHistory, type LicenseState } from '#license';

/** A plan whose prices a decision looks at. */
export interface PlanNeed {
  readonly planId: string;
  /** True when money is charged by it or a license is put on it: it must be read after the command arrived. */
  readonly current: boolean;
}

/** The plans that deciding the command, and answering it, will look at. */
export function plansNeeded(command: LicenseCommand, history: LicenseHistory, now: Instant): PlanNeed[] {
  if (command.type === 'RegisterLicense') return [{ planId: command.planId, current: true }];
  if (history === null) return [];
  const current = issuesInvoice(command, history, now);
  const asked = command.type === 'ChangeSeats' || command.type === 'ChangePlan' ? command : undefined;
  if (!current && asked === undefined) return [];
  return [
    { planId: history.planId, current },
    ...(history.plannedChange ? [{ planId: history.plannedChange.planId, current }] : []),
    ...(asked?.planId === undefined ? [] : [{ planId: asked.planId, current: true }]),
  ];
}

/** A boundary is due, or the command may bring an expired license back. */
function issuesInvoice({ type }: LicenseCommand, state: LicenseState, now: Instant): boolean {
  const dueAt = nextDueAt(state);
  if (dueAt !== null && dueAt <= latest(now, state.effectiveAt)) return true;
  return state.standing !== 'active' && (type === 'RecordPayment' || type === 'ExtendDueDate');
}
