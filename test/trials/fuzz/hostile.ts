import fc from 'fast-check';

/** Texts that have broken programs: other languages, control characters, other numbers, other paths, other text. */
const texts = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', '\u2028', 'ﬀ', 'İ', 'ß', '𝒳', '💥'],
  ...["'", '"', '`', '\\', "' OR '1'='1", "'; DROP TABLE licenses; --", '$1', '%', '_', '%s%n', '${7*7}', '{{7*7}}'],
  ...['../../etc/passwd', '..%2f..%2f', '%2e%2e', '/', '//', '.', '..', '%00', '%', '%zz', 'file:///etc/passwd'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', 'true', 'NaN'],
  ...[
    '0',
    '-0',
    '-1',
    '1e309',
    '0x10',
    '1_000',
    '９',
    '9007199254740993',
    '99999999999999999999',
    '-9223372036854775808',
  ],
  ...['\r\nX-Injected: 1', 'a\nb', '<script>alert(1)</script>', '=1+1', '@SUM(A1)', '-1+1', '\t=1', '!!js/function'],
  ...[
    '2026-02-30',
    '0000-00-00',
    '9999-12-31T23:59:60Z',
    '2026-06-01T00:00:00+99:99',
    '+275760-09-13T00:00:00Z',
    'P1Y',
  ],
];

const long = fc
  .constantFrom('a', '.', '-', '@', '0', '%', ' ', 'é', '💥')
  .chain((unit) => fc.constantFrom(64, 254, 4_095, 4_097).map((times) => unit.repeat(times)));

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: long },
);

const numbers = [0, -0, -1, 0.1, 1e-323, 1e21, 1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 1_000_001, Number.MAX_VALUE];

/** Any value that JSON can hold, and mostly one that nobody expects. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...numbers, true, false, null) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      [],
      {},
      [[]],
      [null],
      Array(1_001).fill('a'),
      { length: 3 },
      { toString: 'no' },
      { constructor: { prototype: { role: 'admin' } } },
    ),
  },
);

/** Bodies that are no JSON, or JSON that a parser has to be careful with. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', 'null', '1', '"text"', '[]', '{', '}', '{"a":}', "{'a':1}", '{"a":1}{"b":2}', 'NaN', '\ufeff{}'],
    ...['{"__proto__":{"role":"admin"}}', '{"constructor":{"prototype":{"role":"admin"}}}', '{"a":1,"a":2}'],
    ...['['.repeat(5_000), '{"a":'.repeat(5_000), `[${'0,'.repeat(50_000)}0]`, `{"a":${'9'.repeat(5_000)}}`],
    ...[`{${Array.from({ length: 2_000 }, (_, n) => `"k${n}":1`).join()}}`, `{"${'k'.repeat(100_000)}":1}`],
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

export const hostileHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc.constantFrom<
  Readonly<Record<string, string>>
>(
  { 'if-match': '"999999999999999"' },
  { 'if-match': 'W/"1"' },
  { 'if-match': '"1", "2"' },
  { 'idempotency-key': 'k'.repeat(256) },
  { 'idempotency-key': '\u00ff' },
  { 'idempotency-key': '__proto__' },
  { 'ledger-min-position': 'A'.repeat(22) },
  { 'ledger-min-position': '-1' },
  { accept: 'application/x-nothing' },
  { accept: `${'a/b;q=0.1,'.repeat(500)}text/csv` },
  { accept: 'text/csv' },
  { accept: 'application/pdf' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-encoding': 'gzip' },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'a.'.repeat(2_000)}` },
  { authorization: 'Basic YWRtaW46YWRtaW4=' },
  { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.' },
  { 'x-forwarded-for': '127.0.0.1, ::1' },
  { 'x-http-method-override': 'DELETE' },
  { 'transfer-encoding': 'chunked' },
);
