import { localDateAt } from '#calendar';
import type {
  CreditUse,
  ExplainedCredit,
  ExplainedCreditComputation,
  ExplainedLine,
  ExplainedSeatChange,
  InvoiceExplanation,
} from '#contracts';
import { formatMinor, money } from '#money';
import { describeCreditEntry } from '../credit-entry.js';
import type { GrantUse, InvoiceLine } from '../events.js';
import { describeLine } from '../next-invoice.js';
import { causeInWords } from './credit-in-words.js';
import { computationOf, creditDetails } from './explain-credit.js';
import type { GrantStory } from './grant-stories.js';
import { eventOf } from './event-of.js';
import { extensionInWords, paymentInWords, summaryInWords } from './invoice-summary.js';
import type { FactOf, InvoiceStory } from './invoice-story.js';
import { lineInWords } from './line-in-words.js';
import { seatChangeInWords } from './seat-change-in-words.js';
import { amountInWords } from './words.js';

const rounding = 'half up to a whole minor unit';

/**
 * Why an invoice is what it is: what each line was computed from, which grants of credit paid for it and how those
 * came about, and what was paid; each with its event. It repeats what was recorded and decides nothing anew.
 */
export function explainInvoice(story: InvoiceStory): InvoiceExplanation {
  const { issued, grants, payments, extensions, timeZone } = story;
  const { data } = issued.event;
  return {
    issued: eventOf(issued),
    lines: data.lines.map((line) => explainLine(line, story)),
    appliedBy: data.credit?.entryNumber ?? null,
    credits: grants.map((grant, index) => explainGrant(grant, data.grantsUsed[index]?.amountMinor ?? 0, story)),
    payments: payments.map((payment) => {
      const { amountMinor, currency, method, reference, effectiveAt } = payment.event.data;
      return {
        ...{ amount: money(amountMinor, currency), method, reference, effectiveAt },
        explanation: paymentInWords(payment, timeZone),
        event: eventOf(payment),
      };
    }),
    extensions: extensions.map((extension) => {
      const { days, dueOnFrom, dueOnTo, reason } = extension.event.data;
      return {
        ...{ days, dueOnFrom, dueOnTo, reason },
        explanation: extensionInWords(extension),
        event: eventOf(extension),
      };
    }),
    summary: summaryInWords(story),
  };
}

function explainLine(line: InvoiceLine, story: InvoiceStory): ExplainedLine {
  const { quantity, billedDays, unitPriceMinor } = line;
  const { currency, cycle } = story.issued.event.data;
  const { planChange } = story;
  return {
    ...describeLine(line, currency),
    billedDays,
    cycleDays: cycle.days,
    formula: `${formatMinor(unitPriceMinor, currency)} × ${quantity} seats × ${billedDays} / ${cycle.days} days`,
    rounding,
    explanation: lineInWords(line, story),
    seatChanges: story.seatChanges.map((change) => explainSeatChange(change, story.timeZone)),
    planChange: planChange && {
      fromPlanId: planChange.event.data.fromPlanId,
      toPlanId: planChange.event.data.toPlanId,
      event: eventOf(planChange),
    },
    event: eventOf(story.issued),
  };
}

function explainSeatChange(change: FactOf<'SeatsIncreased' | 'SeatsReduced'>, timeZone: string): ExplainedSeatChange {
  const { data } = change.event;
  const figures = { effectiveOn: localDateAt(data.effectiveAt, timeZone), computation: computationOf(data) };
  return {
    changeId: data.changeId,
    ...figures,
    credit: money(data.credit?.amountMinor ?? 0, data.currency),
    explanation: seatChangeInWords(figures),
    event: eventOf(change),
  };
}

function explainGrant({ fact, uses }: GrantStory, usedMinor: number, story: InvoiceStory): ExplainedCredit {
  const { currency } = story.issued.event.data;
  const entry = describeCreditEntry(story.licenseId, fact.event, fact, null);
  if (entry === null) throw new Error('a grant is an entry of the credit ledger');
  const granted = { ...entry, ...creditDetails(fact.event, story.timeZone) };
  const { entryId, kind, amount, effectiveAt, changeId, reason, computation } = granted;
  const usedBefore = uses.map((use) => creditUse(use, currency));
  return {
    ...{ entryId, kind, used: money(usedMinor, currency), granted: amount, usedBefore },
    ...{ effectiveAt, changeId, reason, computation },
    formula: computation && creditFormula(computation),
    rounding: computation && rounding,
    explanation: [causeInWords(granted), leftInWords(amount.amount, usedBefore, usedMinor, currency)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    event: eventOf(fact),
  };
}

/** What was left of a grant, where something was taken from it before or stays behind. */
function leftInWords(grantedMinor: number, before: readonly CreditUse[], usedMinor: number, currency: string): string {
  const amount = (minor: number): string => amountInWords(minor, currency);
  const left = before.reduce((rest, use) => rest - use.amount.amount, grantedMinor);
  const used = `${amount(usedMinor)} ${currency} are used here`;
  if (before.length === 0) return usedMinor === grantedMinor ? '' : `Of it, ${used}.`;
  const taken = before.map((use) => `− ${amount(use.amount.amount)} (${use.entryId})`).join(' ');
  return `Of it, ${amount(grantedMinor)} ${taken} = ${amount(left)} ${currency} were left, and ${used}.`;
}

function creditFormula({ unitPrice, seatDaysAfter, seatDaysBefore, cycleDays }: ExplainedCreditComputation): string {
  const part = (seatDays: number): string =>
    `${formatMinor(unitPrice.amount, unitPrice.currency)} × ${seatDays} seat-days / ${cycleDays} days`;
  return seatDaysBefore === 0 ? part(seatDaysAfter) : `${part(seatDaysAfter)} − ${part(seatDaysBefore)}`;
}

function creditUse({ entryNumber, amountMinor }: GrantUse, currency: string): CreditUse {
  return { entryId: entryNumber, amount: money(amountMinor, currency) };
}
