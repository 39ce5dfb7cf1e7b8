import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { currencyExponent } from '#money';
import { csvText } from './csv-text.js';
import { amounts, column, csvTable, csvTableOf, fields, type Column } from './table.js';

async function csv<Row>(columns: readonly Column<Row>[], ...chunks: readonly Row[][]): Promise<string> {
  let text = '';
  for await (const part of csvText(csvTable('test', columns), asChunks(chunks))) text += part;
  return text;
}

async function* asChunks<Row>(chunks: readonly Row[][]): AsyncGenerator<Row[]> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const text = [column<string>('text', (value) => value)];
const read = (file: string): string[][] => parse(file);

describe('CSV', () => {
  it('has a head with units in its names, and lines that end as RFC 4180 says', async () => {
    interface Row {
      readonly id: string;
      readonly late: boolean;
      readonly paidAt: string | null;
      readonly amount: { readonly amount: number; readonly currency: string };
    }
    const columns = [
      ...fields<Row>('id', 'late', 'paidAt'),
      column<Row>('currency', ({ amount }) => amount.currency),
      ...amounts<Row>('amount', ({ amount }) => amount),
    ];
    const row = { id: 'a', late: false, paidAt: null, amount: { amount: -733, currency: 'USD' } };
    const yen = { id: 'b', late: true, paidAt: '2026-06-11', amount: { amount: 1_200, currency: 'JPY' } };
    const dinar = { id: 'c', late: true, paidAt: '2026-06-11', amount: { amount: 5, currency: 'KWD' } };
    expect(await csv(columns, [row, yen], [], [dinar])).toBe(
      'id,late,paidAt,currency,amountMinor,amount\r\n' +
        'a,false,,USD,-733,-7.33\r\n' +
        'b,true,2026-06-11,JPY,1200,1200\r\n' +
        'c,true,2026-06-11,KWD,5,0.005\r\n',
    );
  });

  it('has a row for each part of an item', async () => {
    const letters = csvTableOf('letters', (word: string) => [...word], [column<string>('letter', (letter) => letter)]);
    let file = '';
    for await (const part of csvText(letters, asChunks([['ab', ''], [''], ['c']]))) file += part;
    expect(file).toBe('letter\r\na\r\nb\r\nc\r\n');
  });

  it('is a head alone when there are no rows', async () => {
    expect(await csv(text)).toBe('text\r\n');
  });

  it('gives back every text, save the apostrophe before what looks like a formula', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", ' ', 'a', '＝') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyText), fc.array(anyText), async (some, others) => {
        const cells = read(await csv([...text, column<string>('end', () => 'end')], some, others)).slice(1);
        const expected = [...some, ...others].map((value) =>
          /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value,
        );
        expect(cells).toEqual(expected.map((value) => [value, 'end']));
      }),
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '=HYPERLINK("http://x.example","pay")',
    '=cmd|" /C calc"!A0',
  ])('never begins a text cell as a formula: %j', async (value) => {
    const [, [cell = ''] = []] = read(await csv(text, [value]));
    expect(cell).toBe(`'${value}`);
  });

  it('writes every amount as the number that it is', async () => {
    const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'CLF');
    const amount = fc.maxSafeInteger();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ amount, currency })), async (rows) => {
        const file = await csv(
          amounts<(typeof rows)[number]>('amount', (money) => money),
          rows,
        );
        for (const [index, [minor, decimal = '']] of read(file).slice(1).entries()) {
          const row = rows[index]!;
          expect(minor).toBe(String(row.amount));
          expect(decimal).toMatch(/^-?\d+(\.\d+)?$/);
          const digits = currencyExponent(row.currency);
          expect(decimal.split('.')[1] ?? '').toHaveLength(digits);
          expect(BigInt(decimal.replace('.', ''))).toBe(BigInt(row.amount));
        }
      }),
    );
  });

  it('refuses a cell that is neither text nor number', async () => {
    await expect(csv([column('x', () => ({}) as never)], [1])).rejects.toThrow(TypeError);
  });
});
