import { aDocument } from '../spec-support/an-invoice.js';
import { invoicePdf } from './invoice-pdf.js';
import { InvoicePrinter, PrinterBusy } from './invoice-printer.js';

describe('the printer', () => {
  const printer = new InvoicePrinter();
  afterAll(() => printer.stop());

  it('makes the same document as would be made here, and as often as asked', async () => {
    const document = aDocument();
    const [here, ...there] = await Promise.all([invoicePdf(document), printer.pdf(document), printer.pdf(document)]);
    expect(there.map((bytes) => bytes.equals(here))).toEqual([true, true]);
  });

  it('says what went wrong', async () => {
    const broken = { ...aDocument(), invoice: { ...aDocument().invoice, issuedOn: 'never' } };
    await expect(printer.pdf(broken)).rejects.toThrow('Invalid time value');
  });

  it('lets no more wait than it can print soon', async () => {
    const broken = { ...aDocument(), invoice: { ...aDocument().invoice, issuedOn: 'never' } };
    const asked = Array.from({ length: 60 }, () => printer.pdf(broken).catch((error: Error) => error.constructor));
    const busy = (await Promise.all(asked)).filter((error) => error === PrinterBusy);
    expect(busy.length).toBeGreaterThan(20);
    expect(busy.length).toBeLessThan(30);
  });
});
