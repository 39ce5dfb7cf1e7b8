import type { Propagation } from '#contracts';
import { Customer } from './customer.js';
import { refusalOf } from './refusal-of.js';
import { Helpdesk } from './own-simulator.js';
import type { Stage, Story } from './story.js';

/** How a change reaches a helpdesk: at once, or late when it is away, and what people on it see meanwhile. */
export function reachesTheHelpdesk(domain: string, planId: string, simulatorUrl: string): Story {
  const customer = new Customer(domain);
  const helpdesk = new Helpdesk(simulatorUrl, domain);
  return {
    title: 'A change on its way to the helpdesk: at once, overdue, late',
    steps: [
      {
        at: '2026-06-01T00:00:00.000Z',
        async act(stage) {
          const terms = { planId, seats: 5, startedOn: '2026-06-01', callbackUrl: helpdesk.callbackUrl };
          await customer.register(stage.api, terms);
          await customer.pay(stage.api);
          stage.say(`1 June. ${domain} buys 5 seats; its helpdesk fetches what it is allowed. Four people work on it.`);
          stage.figure('seats on the helpdesk', (await helpdesk.connect()).entitlement?.seats, 5);
          await helpdesk.setStaff(4);
        },
      },
      {
        at: '2026-06-03',
        async act(stage) {
          stage.say('3 June. They ask for 3 seats, which would lock four people out:');
          stage.say(`  Refused: ${await refusalOf(() => customer.changeSeats(stage.api, { seats: 3 }))}`);
          stage.say('They buy a sixth seat instead. The ledger pushes it to the helpdesk:');
          await customer.changeSeats(stage.api, { seats: 6 });
          await untilDone(stage, '2026-06-03T09:00:00.000Z');
          stage.figure('seats on the helpdesk', (await helpdesk.view()).entitlement?.seats, 6);
          tell(stage, await customer.newestPropagation(stage.api), 'propagated');
        },
      },
      {
        at: '2026-06-04',
        async act(stage) {
          await helpdesk.behave('away');
          await customer.changeSeats(stage.api, { seats: 5 });
          await untilDone(stage, '2026-06-04T09:00:00.000Z');
          stage.say('4 June. Back to 5 seats, but the helpdesk can not be reached:');
          tell(stage, await customer.newestPropagation(stage.api), 'pending');
        },
      },
      {
        at: '2026-06-05',
        async act(stage) {
          const change = await customer.newestPropagation(stage.api);
          stage.say('5 June. 24 hours have passed:');
          tell(stage, change, 'overdue');
          stage.say(`  Support sees whom to turn to: ${change.contact}.`);
          stage.say(
            'The helpdesk still knows of 6 seats and takes on two people. It reports them, and the ledger locks it:',
          );
          const { access, message } = await helpdesk.setStaff(6);
          const locked = 'Staff count exceeded. (6 > 5). Please contact support for further assistance.';
          stage.figure(`helpdesk ${access}`, message, locked);
        },
      },
      {
        at: '2026-06-05T10:00:00.000Z',
        async act(stage) {
          await helpdesk.behave('well');
          const { changeId } = await customer.newestPropagation(stage.api);
          await stage.api.post(`/v1/propagations/${changeId}/retry`, {});
          await untilDone(stage, '2026-06-05T10:00:00.000Z');
          stage.say('An hour later the helpdesk is back, and support has the change pushed again:');
          tell(stage, await customer.newestPropagation(stage.api), 'propagated');
          const { entitlement, access } = await helpdesk.view();
          stage.figure('seats on the helpdesk', entitlement?.seats, 5);
          stage.figure('and it shows itself', access, 'locked');
          stage.say('One person is disabled on it:');
          stage.figure('helpdesk', (await helpdesk.setStaff(5)).access, 'accessible');
        },
      },
    ],
  };
}

/** Time stands still, and what is due at its moment gets done. */
async function untilDone(stage: Stage, now: string): Promise<void> {
  await stage.api.put('/v1/test-clock', { now });
}

function tell(stage: Stage, { status, late, attempts, lastError }: Propagation, expected: string): void {
  stage.figure('the change is', status, expected);
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  stage.say(`    after ${tries}${late ? ', late' : ''}${lastError === null ? '' : `; the last: ${lastError}`}`);
}
