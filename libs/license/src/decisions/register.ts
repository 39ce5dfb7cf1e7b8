import { cycleOn, localDateAt, startOfDay, type LocalDate } from '#calendar';
import { isOnOffer } from '../catalogue.js';
import type { LicenseCommand } from '../commands.js';
import { Draft, type DecisionContext } from '../draft.js';
import type { LicenseEvent } from '../events.js';
import { evolve } from '../evolve.js';
import { licenseIdOf } from '../identity.js';
import { limits } from '../limits.js';
import { invalid, type Refusal } from '../refusal.js';
import { rollForward } from '../roll-forward.js';
import type { LicenseHistory } from '../state.js';

/** Registers a license and issues the invoices of every cycle that has begun since it started. */
export function registerLicense(
  command: LicenseCommand<'RegisterLicense'>,
  history: LicenseHistory,
  context: DecisionContext,
): { accepted: LicenseEvent[] } | { refusal: Refusal } {
  const licenseId = licenseIdOf(command.domain);
  if (history !== null) {
    return {
      refusal: { code: 'license-exists', detail: `${command.domain} has the license ${licenseId} already.`, licenseId },
    };
  }
  const today = localDateAt(context.now, command.timeZone);
  const startedOn = command.startedOn ?? today;
  const refusal = checkTerms(command, startedOn, today, context);
  if (refusal) return { refusal };

  const registered: LicenseEvent<'LicenseRegistered'> = {
    type: 'LicenseRegistered',
    data: {
      effectiveAt: startedOn === today ? context.now : startOfDay(startedOn, command.timeZone),
      licenseId,
      domain: command.domain.toLowerCase(),
      billingEmail: command.billingEmail,
      planId: command.planId,
      seats: command.seats,
      currency: command.currency,
      interval: command.interval,
      timeZone: command.timeZone,
      startedOn,
      paidThrough: command.paidThrough ?? null,
      callbackUrl: command.callbackUrl ?? null,
    },
  };
  const draft = new Draft(evolve(null, registered), context);
  rollForward(draft);
  return { accepted: [registered, ...draft.events] };
}

function checkTerms(
  command: LicenseCommand<'RegisterLicense'>,
  startedOn: LocalDate,
  today: LocalDate,
  { catalogue }: DecisionContext,
): Refusal | undefined {
  if (startedOn > today) return invalid('startedOn', `lies in the future; the license's today is ${today}`);
  if (cycleOn(startedOn, command.interval, today).index > limits.pastCyclesMax) {
    return invalid('startedOn', `lies more than ${limits.pastCyclesMax} billing cycles back`);
  }
  if (!catalogue.has(command.planId)) return invalid('planId', `there is no plan '${command.planId}'`);
  if (!isOnOffer(catalogue, command.planId, command.currency, command.interval)) {
    return invalid('planId', `has no price in ${command.currency} per ${command.interval}`);
  }
  return undefined;
}
