import type { HelpdeskAccess, Quote } from '#contracts';
import type { LedgerApi } from '../api.js';
import { Customer } from './customer.js';
import { refusalOf } from './refusal-of.js';
import { show, type Stage, type Story } from './story.js';

/** Why the bill is for more seats than are in use, and what to do about it. */
export function sixtySeats(domain: string, planId: string): Story {
  const acme = new Customer(domain);
  const disableStaff = Array.from({ length: 12 }, (_, index) => `agent-${index + 1}`);
  return {
    title: 'Sixty seats, forty-eight people: why does the bill say 60?',
    steps: [
      {
        at: '2026-06-01T00:00:00.000Z',
        async act(stage) {
          await acme.register(stage.api, { planId, seats: 60, startedOn: '2026-06-01' });
          const invoice = await acme.newestInvoice(stage.api);
          stage.say(`1 June. ${domain} buys 60 seats at 10.00 USD a month, billed in advance.`);
          stage.say(`  Invoice ${invoice.invoiceNumber} for June: ${show(invoice.total)}, due on ${invoice.dueOn}.`);
          await acme.pay(stage.api);
        },
      },
      {
        at: '2026-06-02',
        async act(stage) {
          await acme.addStaff(stage.api, 48);
          const [license, next] = [await acme.current(stage.api), await acme.nextInvoice(stage.api)];
          stage.say(`2 June. ${license.activeStaff} people work on the helpdesk, and still the next bill says:`);
          for (const line of next.lines) stage.say(`  ${line.description} = ${show(line.amount)}`);
          stage.say('  Seats are charged as purchased, used or not. To pay for fewer, reduce them.');
        },
      },
      {
        at: '2026-06-11',
        async act(stage) {
          stage.say('11 June. They need only 36 from now on, and ask for 36 seats:');
          stage.say(`  Refused: ${await refusalOf(() => acme.changeSeats(stage.api, { seats: 36 }))}`);
          const quoted = await acme.quote(stage.api, { seats: 36, disableStaff });
          stage.say('  With twelve people disabled in the same command, this is what it would come to:');
          tellQuote(stage, quoted);
          const change = { seats: 36, disableStaff, quoteToken: quoted.quoteToken };
          const changed = await acme.changeSeats(stage.api, change);
          stage.say(
            `  Submitted: ${changed.from} → ${changed.to} seats, ${changed.disabledStaff.length} people disabled.`,
          );
          stage.figure('credit, 24 seats × 10.00 × 20/30 days', show(changed.credit), '160.00 USD');
          stage.say(
            `  On its way to the helpdesk (${changed.propagation.status}) until ${changed.propagation.deadline}.`,
          );
        },
      },
      {
        at: '2026-07-01T00:00:00.000Z',
        async act(stage) {
          const invoice = await acme.newestInvoice(stage.api);
          stage.say(`1 July. The month ends; invoice ${invoice.invoiceNumber} is issued:`);
          for (const line of invoice.lines) stage.say(`  ${line.description} = ${show(line.amount)}`);
          stage.say(`  credit applied ${show(invoice.creditApplied)}`);
          stage.figure('to pay, just as the summary said', show(invoice.total), '200.00 USD');
          await acme.pay(stage.api);
        },
      },
    ],
  };
}

/** More people on the instance than seats: locked out, and the two ways back in. */
export function lockedOut(domain: string, planId: string): Story {
  const small = new Customer(domain);
  return {
    title: 'Two seats, three people: locked out, and the way back in',
    steps: [
      {
        at: '2026-06-01T00:00:00.000Z',
        async act(stage) {
          await small.register(stage.api, { planId, seats: 2, startedOn: '2026-06-01' });
          await small.pay(stage.api);
          stage.say(`1 June. ${domain} has 2 seats.`);
        },
      },
      {
        at: '2026-06-15',
        async act(stage) {
          stage.say('15 June. The instance reports 3 active staff:');
          const locked = await report(stage.api, domain, 3);
          stage.figure(
            `helpdesk ${locked.access}`,
            locked.message,
            'Staff count exceeded. (3 > 2). Please contact support for further assistance.',
          );
          stage.say('One way out: somebody is disabled on the instance, and it reports 2.');
          stage.figure('helpdesk', (await report(stage.api, domain, 2)).access, 'accessible');
          stage.say('The other: all three stay (reported again), and the customer buys a third seat.');
          await report(stage.api, domain, 3);
          const changed = await small.changeSeats(stage.api, { seats: 3 });
          const { helpdesk } = await small.current(stage.api);
          stage.figure('helpdesk', helpdesk.access, 'accessible');
          stage.say(
            `  Charged today: nothing. Next invoice: ${changed.nextInvoice ? show(changed.nextInvoice.total) : '-'}.`,
          );
          stage.say(`And nobody locks it by accident: asking for 2 seats again is refused.`);
          stage.say(`  ${await refusalOf(() => small.changeSeats(stage.api, { seats: 2 }))}`);
        },
      },
    ],
  };
}

function tellQuote(stage: Stage, quote: Quote): void {
  stage.say(`    to pay today      ${show(quote.today)}`);
  stage.say(`    credit            ${show(quote.credit)}`);
  if (!quote.nextInvoice) return;
  stage.say(`    next invoice      ${show(quote.nextInvoice.gross)} on ${quote.nextInvoice.issuesOn}`);
  stage.say(`    less the credit  -${show(quote.nextInvoice.creditApplied)}`);
  stage.say(`    to pay then       ${show(quote.nextInvoice.total)}`);
}

function report(api: LedgerApi, domain: string, active: number): Promise<HelpdeskAccess> {
  return api.post(`/v1/helpdesks/${domain}/staff-count`, { active });
}
