import { isCurrencyCode, isLocalDate, isUuid, toInstant } from './values.js';

describe('values', () => {
  it.each(['2026-06-11', '2024-02-29', '9999-12-31', '0099-01-01'])('%s is a date', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-6-1', '0000-01-01', '2026-06-11T00:00:00Z', 20260611, null])(
    '%s is no date',
    (value) => {
      expect(isLocalDate(value)).toBe(false);
    },
  );

  it.each([
    ['2026-06-11T09:30:00Z', '2026-06-11T09:30:00.000Z'],
    ['2026-06-11t09:30:00.123456z', '2026-06-11T09:30:00.123Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
  ])('%s is the instant %s', (text, instant) => {
    expect(toInstant(text)).toBe(instant);
  });

  it.each([
    '2026-06-11T09:30:00',
    '2026-06-11',
    '2026-02-30T00:00:00Z',
    '2026-06-11T24:00:00Z',
    '2026-06-11T09:30:60Z',
    '9999-12-31T23:59:59-01:00',
    'now',
    1,
  ])('%s is no instant', (value) => {
    expect(toInstant(value)).toBeUndefined();
  });

  it('knows UUIDs of every version and ISO 4217 in capitals', () => {
    expect(isUuid('0B0E7F4E-3A52-5F3F-9D2E-0A3C7B1D2E4F')).toBe(true);
    expect(isUuid('0b0e7f4e3a525f3f9d2e0a3c7b1d2e4f')).toBe(false);
    expect(isCurrencyCode('JPY')).toBe(true);
    expect(isCurrencyCode('jpy')).toBe(false);
    expect(isCurrencyCode('XXZ')).toBe(false);
  });
});
