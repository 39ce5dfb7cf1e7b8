import { money } from '#money';
import { aCredit, aDocument, anInvoice, aSeller } from '../spec-support/an-invoice.js';
import { creditInWords } from './credit-in-words.js';
import { invoiceSheet } from './sheet.js';

describe('a credit in words', () => {
  it('names seats, days, denominator, price and what came of them', () => {
    expect(creditInWords(aCredit(), 'UTC')).toBe(
      '12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left, 12 × 10.00 × 20/30 =\u00a080.00.',
    );
  });

  it('says how much of it is used when that is not all', () => {
    expect(creditInWords(aCredit({ used: money(4_000, 'USD') }), 'UTC')).toMatch(
      / =\u00a080\.00, of which 40\.00 is used here\.$/,
    );
  });

  /** The seventh worked example: 7.00 per seat, 31 days, one seat removed on the 2nd and one on the 3rd. */
  it('names what was credited before, on which the rounding depends', () => {
    const computation = {
      ...aCredit().computation!,
      seats: 1,
      paidSeats: 3,
      remainingDays: 29,
      creditedSeatsBefore: 1,
      creditedSeatsAfter: 2,
      seatDaysBefore: 30,
      seatDaysAfter: 59,
      cycleDays: 31,
      unitPrice: money(700, 'USD'),
    };
    const second = aCredit({ computation, granted: money(655, 'USD'), used: money(655, 'USD') });
    expect(creditInWords(second, 'UTC')).toBe(
      '1 of 3 paid seats removed on 11 June 2026: 29 of 31 days left, 59 seat-days in all after 30, ' +
        '7.00 × 59/31 − 7.00 × 30/31 =\u00a06.55.',
    );
  });

  it('gives the reason of a goodwill credit', () => {
    const goodwill = aCredit({
      kind: 'goodwill',
      computation: null,
      reason: 'an outage',
      granted: money(500, 'USD'),
      used: money(500, 'USD'),
    });
    expect(creditInWords(goodwill, 'UTC')).toBe('Credit of 5.00 given on 11 June 2026: \u2068an outage\u2069.');
  });

  it("counts days in the license's time zone", () => {
    const late = aCredit({ effectiveAt: '2026-06-11T23:30:00.000Z' });
    expect(creditInWords(late, 'Asia/Tokyo')).toContain('removed on 12 June 2026');
  });
});

describe('an invoice as it is read', () => {
  it('has every figure', () => {
    const sheet = invoiceSheet(aDocument());
    expect(sheet.lines).toEqual([
      {
        description: '\u2068Team\u2069: 48 seats, 2026-07-01 to 2026-07-31',
        quantity: '48',
        unitPrice: '10.00',
        amount: '480.00',
      },
    ]);
    expect(sheet.totals).toEqual([
      { label: 'Subtotal', value: '480.00' },
      { label: 'Credit applied', value: '−80.00' },
      { label: 'Total', value: '400.00' },
      { label: 'Paid', value: '0.00' },
    ]);
    expect(sheet.open).toEqual({ label: 'Amount due', value: 'USD 400.00' });
    expect(sheet.standing).toEqual({ status: 'open', amount: 'USD 400.00', words: 'Due on 8 July 2026.' });
    expect(sheet.credits).toMatchObject([{ reference: 'ACME.EXAMPLE-C0001', amount: '−80.00' }]);
    expect(sheet.facts).toContainEqual({ label: 'Billing period', value: '1 July 2026 – 31 July 2026' });
    expect(sheet.paymentInstructions[1]).toBe('\u2068Reference: ACME.EXAMPLE-0002\u2069');
  });

  it.each([
    ['JPY', '48,000', 'JPY 40,000', '12 × 1,000 × 20/30 =\u00a08,000.'],
    ['KWD', '48.000', 'KWD 40.000', '12 × 1.000 × 20/30 =\u00a08.000.'],
  ])('has the digits of %s', (currency, gross, open, words) => {
    const sheet = invoiceSheet(aDocument({ invoice: anInvoice({}, currency) }));
    expect(sheet.totals[0]?.value).toBe(gross);
    expect(sheet.open.value).toBe(open);
    expect(sheet.credits[0]?.words).toContain(words);
  });

  it('says when it is overdue, paid, or nothing to pay, and how to pay only if there is something', () => {
    const standingOf = (parts: Parameters<typeof anInvoice>[0]) => {
      const { standing, paymentInstructions } = invoiceSheet(aDocument({ invoice: anInvoice(parts) }));
      return [standing.amount, standing.words, paymentInstructions.length];
    };
    const usd = (amount: number) => money(amount, 'USD');
    expect(standingOf({ status: 'overdue' })).toEqual(['USD 400.00', 'Overdue: payment was due on 8 July 2026.', 2]);
    expect(standingOf({ status: 'paid', paid: usd(40_000), open: usd(0) })).toEqual([
      'Paid',
      'Thank you. Nothing is open on this invoice.',
      0,
    ]);
    expect(standingOf({ status: 'paid', creditApplied: usd(48_000), total: usd(0), open: usd(0) })).toEqual([
      'Nothing to pay',
      'The credit covers this invoice.',
      0,
    ]);
  });

  it('tells how and when it was paid', () => {
    const invoice = anInvoice();
    const payment = {
      amount: money(40_000, 'USD'),
      method: 'card',
      reference: 'ch_1',
      effectiveAt: '2026-07-02T08:00:00.000Z',
      explanation: '',
      event: invoice.explanation.issued,
    };
    const paid = { ...invoice, explanation: { ...invoice.explanation, payments: [payment] } };
    expect(invoiceSheet(aDocument({ invoice: paid })).payments).toEqual([
      { words: 'Received on 2 July 2026 by \u2068card\u2069', reference: '\u2068ch_1\u2069', amount: '−400.00' },
    ]);
  });

  it('is a specimen without a seller', () => {
    const sheet = invoiceSheet(aDocument({ seller: { ...aSeller, name: undefined } }));
    expect(sheet).toMatchObject({ isSpecimen: true, seller: { name: 'Specimen' } });
  });
});
