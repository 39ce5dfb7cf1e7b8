import fc from 'fast-check';
import { isolate } from '../../format/text.js';
import { breakIntoLines, type Line } from './lines.js';

const style = { weight: 'regular', sizePt: 10 } as const;
/** What is seen from left to right; a font turns Hebrew and Arabic round by itself, so here the specification does. */
const seen = ({ pieces }: Line): string =>
  pieces
    .map(({ text, face }) => (face.isRightToLeft && /[א-תا-ي]/.test(text) ? [...text].reverse().join('') : text))
    .join('');
const seenOf = (text: string): string[] => breakIntoLines(text, style).map(seen);
const facesOf = (text: string) =>
  breakIntoLines(text, style)[0]?.pieces.map(({ face, text: piece }) => [face.name, piece]);

describe('direction', () => {
  it('leaves what runs from left to right as it is', () => {
    expect(seenOf('Team: 48 seats (31 days)')).toEqual(['Team: 48 seats (31 days)']);
  });

  it('turns Hebrew round, with its brackets, and neither the numbers in it nor what stands around', () => {
    expect(seenOf(`Billed to ${isolate('אבג (2019) דה')}, Tel Aviv`)).toEqual(['Billed to הד (2019) גבא, Tel Aviv']);
    expect(seenOf(isolate('אב 12, קומה 3'))).toEqual(['3 המוק ,12 בא']);
    expect(seenOf(isolate('קשת Ltd (IL) בע'))).toEqual(['עב Ltd (IL) תשק']);
  });

  it('keeps eastern Arabic digits in their order', () => {
    expect(seenOf(isolate('دور ١٢'))).toEqual(['١٢ رود']);
    expect(seenOf(isolate('۱۲۳'))).toEqual(['۱۲۳']);
  });

  it('shows no mark of isolation, and loses no character', () => {
    const letters = fc.constantFrom(...'abc XY12.,-()[]אבגדהابتثج漢字かな한글\u05b8');
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 1 }), (text) => {
        const [line] = breakIntoLines(isolate(text), style);
        expect(line?.text).toBe(text.trimEnd());
        const shown = line?.pieces
          .flatMap((piece) => [...piece.text])
          .sort()
          .join('');
        const mirrored = (characters: string) => characters.replace(/[)\]]/g, (end) => (end === ')' ? '(' : '['));
        expect(mirrored(shown ?? '')).toBe(
          mirrored([...text.trimEnd()].sort().join(''))
            .split('')
            .sort()
            .join(''),
        );
      }),
    );
  });
});

describe('faces', () => {
  it('are those that have the characters', () => {
    expect(facesOf('Ünï ЯΩ ắ − ×')).toEqual([['latin-regular', 'Ünï ЯΩ ắ − ×']]);
    expect(facesOf('李 Ltd')).toEqual([
      ['sc-regular', '李'],
      ['latin-regular', ' Ltd'],
    ]);
  });

  it("are Japan's in a Japanese text, Korea's in a Korean one, and else China's", () => {
    const names = (text: string) => new Set(facesOf(text)?.map(([name]) => name));
    expect(names('直骨ビル')).toEqual(new Set(['jp-regular']));
    expect(names('直骨')).toEqual(new Set(['sc-regular']));
    expect(names('한빛直')).toEqual(new Set(['kr-regular']));
  });

  it('keep a mark with its letter, and show a box for what there is not', () => {
    expect(facesOf('שָׁ')).toEqual([['hebrew-regular', 'שָׁ']]);
    expect(facesOf('😀')).toEqual([['latin-regular', '😀']]);
  });
});

describe('lines', () => {
  it('are no wider than they may be, and hold the whole text', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(...'abcdefgh-./@'), maxLength: 60 }),
        fc.constantFrom('株式会社サンプルデスク経理部御中', 'حسابات', 'שדרות', '한빛소프트'),
      ),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 300 }), (parts, widthPt) => {
        const text = parts.join(' ').trim();
        const lines = breakIntoLines(text, style, widthPt);
        for (const line of lines) expect(line.widthPt).toBeLessThanOrEqual(widthPt + 0.5);
        expect(
          lines
            .map((line) => line.text)
            .join('')
            .replaceAll(' ', ''),
        ).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('end between words, between Chinese characters, and inside a word only if they must', () => {
    const texts = (text: string, widthPt: number) => breakIntoLines(text, style, widthPt).map((line) => line.text);
    expect(texts('one two three', 45)).toEqual(['one two', 'three']);
    expect(texts('北京光明数据科技', 42)).toEqual(['北京光明', '数据科技']);
    expect(texts('Donaudampfschiff', 50).length).toBeGreaterThan(1);
    expect(texts('a\n\nb', 50)).toEqual(['a', '', 'b']);
  });
});
