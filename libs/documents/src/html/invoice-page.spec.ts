import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { contentSecurityPolicy, invoicePage } from '#documents';
import { money } from '#money';
import { isolate } from '../format/text.js';
import { aDocument, anInvoice, aSeller } from '../spec-support/an-invoice.js';
import { html } from './html.js';

describe('markup', () => {
  it('shows any text as text', () => {
    const entities: Record<string, string> = { '&#38;': '&', '&#60;': '<', '&#62;': '>', '&#34;': '"', '&#39;': "'" };
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom(...'<>&"\'/=!- '),
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
          ),
        }),
        (text) => {
          const { markup } = html`<p title="${text}">${isolate(text)}</p>`;
          const [, attribute = '', content = ''] =
            /^<p title="([^"<>]*)"><bdi>([^"<>]*)<\/bdi><\/p>$/su.exec(markup) ?? [];
          const shown = (escaped: string) => escaped.replace(/&#\d+;/g, (entity) => entities[entity] ?? entity);
          expect(shown(attribute)).toBe(text.replace(/[\u2068\u2069]/g, ''));
          expect(shown(content)).toBe(isolate(text).slice(1, -1));
        },
      ),
    );
  });
});

describe('an invoice as a page', () => {
  const page = invoicePage(aDocument());

  it('stands by itself, without a script', () => {
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en"/);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|\son\w+=|url\(|@import|https?:/i);
  });

  it('has the one style that its policy lets through', () => {
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page).not.toMatch(/\sstyle=/);
  });

  it('prints with a head on every page and no line, credit or sum in two', () => {
    expect(page).toContain('thead { display: table-header-group; }');
    expect(page).toMatch(/@media print \{[^@]*tr, li, \.totals[^{]*\{ break-inside: avoid; \}/);
    expect(page.match(/<thead>/g)).toHaveLength(1);
  });

  it('says everything, in the digits of its currency', () => {
    for (const words of [
      'Lumen Desk GmbH',
      '1 Main Street',
      'Due on 8 July 2026.',
      'USD 400.00',
      '−80.00',
      'ACME.EXAMPLE-C0001',
    ]) {
      expect(page).toContain(words);
    }
    const yen = invoicePage(aDocument({ invoice: anInvoice({}, 'JPY') }));
    expect(yen).toContain('JPY 40,000<');
    const dinar = invoicePage(aDocument({ invoice: anInvoice({}, 'KWD') }));
    expect(dinar).toContain('KWD 40.000<');
  });

  it('has a row for each of 500 lines', () => {
    const line = anInvoice().lines[0]!;
    const lines = Array.from({ length: 500 }, (_, index) => ({ ...line, amount: money(index, 'USD') }));
    const long = invoicePage(aDocument({ invoice: anInvoice({ lines }) }));
    expect(long.match(/<tr>/g)).toHaveLength(501);
    expect(long).toContain('<td>4.99</td>');
  });

  it('escapes what customers, plans and sellers are called', () => {
    const evil = '</style><script>alert("1")</script><img src=x onerror=alert(1)>';
    const line = { ...anInvoice().lines[0]!, description: `${evil}: 1 seat` };
    const document = {
      invoice: anInvoice({ lines: [line] }),
      customer: { billingEmail: `"${evil}"@evil.example`, address: evil, timeZone: 'UTC' },
      seller: { ...aSeller, name: evil, note: evil },
    };
    expect(invoicePage(document)).not.toMatch(/<script|<img/);
  });

  it('keeps a name that runs from right to left to itself', () => {
    const address = 'חברת האור\nשדרות 5';
    const shown = invoicePage(aDocument({ customer: { ...aDocument().customer, address } }));
    expect(shown).toContain('<bdi>חברת האור</bdi>');
    expect(shown).toContain('<bdi>שדרות 5</bdi>');
  });
});
