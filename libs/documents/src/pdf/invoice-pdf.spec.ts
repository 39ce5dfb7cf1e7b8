import type { ExplainedInvoice } from '#contracts';
import { money } from '#money';
import type { InvoiceDocument } from '#documents';
import { aDocument, anInvoice, aSeller } from '../spec-support/an-invoice.js';
import { readPdf } from '../spec-support/read-pdf.js';
import { invoicePdf } from './invoice-pdf.js';

const usd = (amount: number) => money(amount, 'USD');
const read = async (document: InvoiceDocument) => readPdf(await invoicePdf(document));
const paper = { leftPt: 48, rightPt: 595.28 - 48, footPt: 64, topPt: 841.89 - 40 };

/** Line n is n seats at 10.00, and tells its number in its plan's name. */
function withLines(count: number, planName = (n: number) => `Plan ${n}`): ExplainedInvoice {
  const lines = Array.from({ length: count }, (_, index) => ({
    description: `${planName(index + 1)}: ${index + 1} seats, 2026-07-01 to 2026-07-31`,
    planId: 'team',
    quantity: index + 1,
    unitPrice: usd(1_000),
    amount: usd(1_000 * (index + 1)),
  }));
  const gross = usd((1_000 * count * (count + 1)) / 2);
  const explanation = { ...anInvoice().explanation, credits: [] };
  return anInvoice({ explanation, lines, gross, creditApplied: usd(0), total: gross, open: gross });
}

describe('an invoice as a PDF', () => {
  it('says everything on one page', async () => {
    const { pages, info } = await read(aDocument());
    expect(pages.length).toBe(1);
    const text = pages[0]?.text ?? '';
    for (const words of [
      'Lumen Desk GmbH',
      'VAT DE123456789',
      'acme.example',
      'billing@acme.example',
      '1 Main Street',
      'ACME.EXAMPLE-0002',
      '1 July 2026 – 31 July 2026',
      'Team: 48 seats, 2026-07-01 to 2026-07-31',
      'Due on 8 July 2026.',
      'Amount due',
      'USD 400.00',
      '−80.00',
      '20 of 30 days left',
      'Reference: ACME.EXAMPLE-0002',
      'Reverse charge',
      'Page 1 of 1',
    ]) {
      expect(text).toContain(words);
    }
    expect(info).toMatchObject({ Title: 'Invoice ACME.EXAMPLE-0002', Author: 'Lumen Desk GmbH', Language: 'en' });
  });

  it.each([
    [1, 1],
    [10, 1],
    [50, 3],
    [500, 16],
  ])('has its %i lines on %i pages, each once and under a head', async (count, pageCount) => {
    const { pages } = await read(aDocument({ invoice: withLines(count) }));
    const numbers = pages.flatMap(({ text }) =>
      [...text.matchAll(/Plan (\d+): /g)].map(([, number]) => Number(number)),
    );
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(pages.length).toBe(pageCount);
    for (const [index, { text }] of pages.entries()) {
      if (text.includes('Plan ')) expect(text).toMatch(/Description *Quantity *Unit price *Amount/);
      if (index > 0) expect(text).toContain('Invoice ACME.EXAMPLE-0002, continued');
      expect(text).toContain(`Page ${index + 1} of ${pageCount}`);
    }
  });

  it('never parts the totals', async () => {
    for (let count = 14; count <= 24; count += 1) {
      const { pages } = await read(aDocument({ invoice: withLines(count) }));
      const holding = pages.filter(({ text }) => /Subtotal|Amount due/.test(text));
      expect(holding.length).toBe(1);
    }
  });

  it('keeps within the paper and its figures apart, however long the names and large the amounts', async () => {
    const name = 'a-very-long-name-of-a-department.'.repeat(7);
    const large = usd(999_999_999_999_999);
    const line = {
      description: `${'Everything and more '.repeat(5)}: 1 seat, 2026-07-01 to 2026-07-31`,
      planId: 'team',
      quantity: 1_000_000,
      unitPrice: usd(1_000_000_000),
      amount: large,
    };
    const { pages } = await read({
      invoice: anInvoice({
        domain: name,
        invoiceNumber: `${name}-0001`.toUpperCase(),
        lines: [line],
        gross: large,
        total: large,
        open: large,
      }),
      customer: {
        billingEmail: `${'x'.repeat(200)}@${name}`,
        address: `${'Llanfair'.repeat(30)}\n`.repeat(3),
        timeZone: 'UTC',
      },
      seller: { ...aSeller, name: 'Consolidated '.repeat(20), address: 'Street '.repeat(40) },
    });
    for (const { xPt, widthPt, yPt } of pages.flatMap(({ texts }) => texts)) {
      expect(xPt).toBeGreaterThanOrEqual(paper.leftPt - 0.5);
      expect(xPt + widthPt).toBeLessThanOrEqual(paper.rightPt + 0.5);
      expect(yPt).toBeGreaterThan(30);
      expect(yPt).toBeLessThan(paper.topPt + 1);
    }
    const row = pages
      .flatMap(({ texts }) => texts)
      .filter(({ text }) => /^1,000,000$|^10,000,000\.00$|^9,999,/.test(text));
    const [quantity, unitPrice, amount] = row;
    expect(quantity!.xPt + quantity!.widthPt).toBeLessThan(unitPrice!.xPt - 5);
    expect(unitPrice!.xPt + unitPrice!.widthPt).toBeLessThan(amount!.xPt - 5);
  });

  it('aligns its figures at their ends', async () => {
    const { pages } = await read(aDocument({ invoice: withLines(12) }));
    const amounts = pages[0]!.texts.filter(({ text, xPt }) => /^[\d,]+\.00$/.test(text) && xPt > 500);
    expect(amounts.length).toBeGreaterThan(12);
    for (const { xPt, widthPt } of amounts) expect(xPt + widthPt).toBeCloseTo(paper.rightPt, 0);
  });

  it('has the digits of yen and dinar', async () => {
    const yen = (await read(aDocument({ invoice: anInvoice({}, 'JPY') }))).pages[0]!.text;
    expect(yen).toContain('JPY 40,000');
    expect(yen).toContain('12 × 1,000 × 20/30');
    const dinar = (await read(aDocument({ invoice: anInvoice({}, 'KWD') }))).pages[0]!.text;
    expect(dinar).toContain('KWD 40.000');
    expect(dinar).toContain('All amounts are in Kuwaiti Dinar (KWD).');
  });

  it('has Chinese, Japanese and Korean names', async () => {
    const address = '北京光明数据科技有限公司\n株式会社サンプルデスク\n주식회사 한빛소프트';
    const { pages } = await read(aDocument({ customer: { ...aDocument().customer, address } }));
    for (const line of address.split('\n')) expect(pages[0]!.text).toContain(line);
  });

  it('reads the same, whatever was made before', async () => {
    const addressed = (address: string) => aDocument({ customer: { ...aDocument().customer, address } });
    // Letters of the first are made of letters of the second, which a font that served both would take for parts.
    await invoicePdf(addressed('تعطل الخدمة لمدة ساعات'));
    const second = addressed('شارع فهد محمد محترف');
    const bytes = await invoicePdf(second);
    const [page] = (await readPdf(bytes)).pages;
    for (const word of ['شارع', 'فهد', 'محمد', 'محترف']) expect(page!.text).toContain(word);
    expect((await invoicePdf(second)).equals(bytes)).toBe(true);
  });

  it('sets Hebrew and Arabic from right to left', async () => {
    const address = 'חברת האור (ישראל) בע״מ\nشركة النور (فهد) محترف 25';
    const { pages } = await read(aDocument({ customer: { ...aDocument().customer, address } }));
    const placeOf = (word: string): number => {
      const [first, ...more] = pages[0]!.texts.filter(({ text }) => text.trim() === word);
      expect([word, first !== undefined, more.length]).toEqual([word, true, 0]);
      return first!.xPt;
    };
    const hebrew = ['חברת', 'האור', 'ישראל', 'בע״מ'].map(placeOf);
    const arabic = ['شركة', 'النور', 'فهد', 'محترف', '25'].map(placeOf);
    for (const places of [hebrew, arabic]) expect(places).toEqual([...places].sort((a, b) => b - a));
  });

  it('says that it is no invoice while there is no seller', async () => {
    const { pages } = await read(aDocument({ seller: { ...aSeller, name: undefined } }));
    expect(pages[0]!.text).toContain('Specimen: not a valid invoice');
  });

  it('tells those who listen which is a heading and which a cell', async () => {
    const { pages } = await read(aDocument({ invoice: withLines(10) }));
    const roles = (structure: unknown): string[] => {
      const { role, children = [] } = structure as { role?: string; children?: unknown[] };
      return [...(role === undefined ? [] : [role]), ...children.flatMap(roles)];
    };
    const all = pages.flatMap(({ structure }) => roles(structure));
    const count = (role: string) => all.filter((each) => each === role).length;
    expect([count('H1'), count('TH'), count('TD')]).toEqual([1, 4, 40]);
  });
});
