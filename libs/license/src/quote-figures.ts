import type { NextInvoice } from '#contracts';
import { formatMinor, money, type Money } from '#money';
import { v5 as uuidV5 } from 'uuid';
import type { Catalogue } from './catalogue.js';
import { nextInvoice } from './next-invoice.js';
import type { Refusal } from './refusal.js';
import type { LicenseState } from './state.js';

export interface QuoteRequest {
  readonly seats?: number | undefined;
  readonly planId?: string | undefined;
  readonly disableStaff?: readonly string[] | undefined;
}

/** What a change comes to, in the figures that the customer agrees to. */
export interface QuoteFigures {
  readonly from: number;
  readonly to: number;
  /** What the balance moves by; negative when credit is taken back. */
  readonly credit: Money;
  readonly creditBalance: Money;
  /** What is charged at once: nothing, under the rules. */
  readonly today: Money;
  /** `null` when no invoice will follow (expired or cancelled). */
  readonly nextInvoice: NextInvoice | null;
  /** Stands for the request and these figures. A change that brings it is made only while they hold. */
  readonly quoteToken: string;
}

export function quoteFigures(
  request: QuoteRequest,
  before: LicenseState,
  after: LicenseState,
  catalogue: Catalogue,
): QuoteFigures {
  const figures = {
    from: before.seats,
    to: request.seats ?? before.seats,
    credit: money(after.creditBalanceMinor - before.creditBalanceMinor, before.currency),
    creditBalance: money(after.creditBalanceMinor, before.currency),
    today: money(0, before.currency),
    nextInvoice: nextInvoice(after, catalogue),
  };
  // A digest grants nothing and hides nothing, so it needs no secret: a made-up token is merely stale.
  const { planId = null, disableStaff = [] } = request;
  const quoteToken = uuidV5(JSON.stringify({ ...figures, planId, disableStaff }), before.licenseId);
  return { ...figures, quoteToken };
}

/** The refusal of a change whose quote was made on other figures; it brings the fresh ones along. */
export function staleQuote(fresh: QuoteFigures): Refusal {
  const { amount, currency } = fresh.credit;
  const credit = `${formatMinor(amount, currency)} ${currency}`;
  return {
    code: 'quote-stale',
    detail: `The figures have changed since the quote: the credit is ${credit} now. Show the fresh quote and submit its token.`,
    quote: { ...fresh, allowed: true, problem: null },
  };
}
