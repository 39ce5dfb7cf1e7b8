import fc from 'fast-check';
import { currencyExponent } from '#money';
import { formatAmount, formatMoney, nameCurrency } from './amount.js';
import { formatDate, formatPeriod } from './date.js';
import { isolate, isolatedLines, isolateName, plain } from './text.js';

describe('amounts', () => {
  it.each([
    [123_456, 'USD', '1,234.56'],
    [5, 'USD', '0.05'],
    [0, 'JPY', '0'],
    [1_234_567, 'JPY', '1,234,567'],
    [-1_500, 'KWD', '−1.500'],
    [1_234_567_890, 'KWD', '1,234,567.890'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90,071,992,547,409.91'],
    [Number.MIN_SAFE_INTEGER, 'KWD', '−9,007,199,254,740.991'],
  ])('%i minor units of %s read %s', (amount, currency, text) => {
    expect(formatAmount({ amount, currency })).toBe(text);
    expect(formatMoney({ amount, currency })).toBe(`${currency} ${text}`);
  });

  it('keep every digit, in groups of three', () => {
    const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'CLF', 'EUR');
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (amount, code) => {
        const text = formatAmount({ amount, currency: code });
        expect(text).toMatch(/^−?\d{1,3}(,\d{3})*(\.\d+)?$/);
        expect(text.split('.')[1] ?? '').toHaveLength(currencyExponent(code));
        expect(BigInt(text.replace('−', '-').replaceAll(/[,.]/g, ''))).toBe(BigInt(amount));
      }),
    );
  });

  it('name their currency', () => {
    expect(nameCurrency('USD')).toBe('US Dollar (USD)');
    expect(nameCurrency('KWD')).toBe('Kuwaiti Dinar (KWD)');
  });
});

describe('dates', () => {
  it('name the month, and the last day of a period', () => {
    expect(formatDate('2026-07-01')).toBe('1 July 2026');
    expect(formatPeriod('2026-02-01', '2026-03-01')).toBe('1 February 2026 – 28 February 2026');
  });
});

describe('what strangers wrote', () => {
  it('loses what would turn the rest of a line round, and what does not print', () => {
    expect(plain('a\u202Eb\u2067c\u200F\u0000d\te\r\nf')).toBe('abc d e\nf');
    expect(plain('Ame\u0301lie')).toBe('Amélie');
  });

  it('leaves no mark of direction but its own two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const isolated = isolate(text);
        expect(isolated.match(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g)).toEqual(['\u2068', '\u2069']);
      }),
    );
  });

  it('comes as lines', () => {
    expect(isolatedLines(' 1 Main St\r\n\r\nשדרות 5 ')).toEqual(['\u20681 Main St\u2069', '\u2068שדרות 5\u2069']);
  });

  it('is isolated where it names a line of ours', () => {
    expect(isolateName('Team: 48 seats')).toBe('\u2068Team\u2069: 48 seats');
    expect(isolateName('צוות: פרו 2: 48 seats, 2026-07-01')).toBe('\u2068צוות: פרו 2\u2069: 48 seats, 2026-07-01');
    expect(isolateName('no colon')).toBe('\u2068no colon\u2069');
  });
});
