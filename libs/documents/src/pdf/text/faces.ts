import { create, type Font } from 'fontkit';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type Weight = 'regular' | 'bold';

/** A typeface in one weight: what it is called in a document, and its font. */
export interface Face {
  readonly name: string;
  /** For measuring. A document opens a font of its own: what a font remembers of one would show in another's text. */
  readonly font: Font;
  readonly bytes: Uint8Array;
  /** The script is written from right to left, and its glyphs are joined and reordered by the font's own rules. */
  readonly isRightToLeft: boolean;
}

interface Family {
  readonly name: string;
  readonly package: string;
  readonly file: Readonly<Record<Weight, string>>;
  readonly isRightToLeft?: boolean;
}

const family = (name: string, font: string, ending: string, more: Pick<Family, 'isRightToLeft'> = {}): Family => ({
  name,
  package: `@embedpdf/fonts-${name}`,
  file: { regular: `${font}-Regular.${ending}`, bold: `${font}-Bold.${ending}` },
  ...more,
});

/** Latin holds Greek, Cyrillic, Vietnamese and Devanagari as well. */
const latin = family('latin', 'NotoSans', 'ttf');
const hebrew = family('hebrew', 'NotoSansHebrew', 'ttf', { isRightToLeft: true });
const arabic = family('arabic', 'NotoNaskhArabic', 'ttf', { isRightToLeft: true });
const chinese = family('sc', 'NotoSansHans', 'otf');
const japanese = family('jp', 'NotoSansJP', 'otf');
const korean = family('kr', 'NotoSansKR', 'otf');

const require = createRequire(import.meta.url);
const opened = new Map<string, Face>();

/** The same characters look otherwise in China, Japan and Korea; what else a text holds tells where it comes from. */
function familiesFor(text: string): readonly Family[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return [latin, japanese, chinese, korean, hebrew, arabic];
  if (/\p{Script=Hangul}/u.test(text)) return [latin, korean, chinese, japanese, hebrew, arabic];
  return [latin, hebrew, arabic, chinese, japanese, korean];
}

/** Finds the face for each character of one text. A font is read when it is needed first, and kept. */
export class Faces {
  readonly #families: readonly Family[];

  constructor(
    text: string,
    private readonly weight: Weight,
  ) {
    this.#families = familiesFor(text);
  }

  /**
   * @param before the face of the character before, which keeps marks and joiners with what they belong to
   * @returns for what no font has, the first face: it shows an empty box
   */
  of(character: string, before: Face | undefined): Face {
    const codePoint = character.codePointAt(0) ?? 0;
    if (before !== undefined && belongsToBefore.test(character) && has(before, codePoint)) return before;
    const first = this.#open(latin);
    if (codePoint < 0x80) return first;
    for (const each of this.#families) {
      const face = this.#open(each);
      if (has(face, codePoint)) return face;
    }
    return first;
  }

  #open({ name, package: from, file, isRightToLeft = false }: Family): Face {
    const key = `${name}-${this.weight}`;
    let face = opened.get(key);
    if (face === undefined) {
      const bytes = readFileSync(join(dirname(require.resolve(from)), '../fonts', file[this.weight]));
      face = { name: key, font: create(bytes) as Font, bytes, isRightToLeft };
      opened.set(key, face);
    }
    return face;
  }
}

const belongsToBefore = /[\p{M}\u200c\u200d]/u;

const has = ({ font }: Face, codePoint: number): boolean => font.hasGlyphForCodePoint(codePoint);
