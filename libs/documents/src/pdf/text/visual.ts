import { bidi } from './bidi.js';
import type { Run } from './shape.js';

const rightToLeftScript = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text that a font's own rules set in the order in which it is seen. */
export interface Piece {
  readonly text: string;
  readonly face: Run['face'];
}

/** The runs of one line as they are seen from left to right (rule L2 of the bidirectional algorithm). */
export function visualOrder(runs: readonly Run[]): Piece[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end += 1;
      if (end > start + 1) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered.flatMap(piecesOf);
}

function piecesOf({ text, face, level }: Run): Piece[] {
  const runsRightToLeft = level % 2 === 1;
  const letters = runsRightToLeft ? mirror(text) : text;
  // A font turns its own script round by itself, and nothing else.
  const fontTurns = face.isRightToLeft && rightToLeftScript.test(text);
  if (fontTurns === runsRightToLeft) return [{ text: letters, face }];
  const each = Array.from(graphemes.segment(letters), ({ segment }) => ({ text: segment, face }));
  return runsRightToLeft ? each.reverse() : each;
}

/** Brackets open the other way where text runs from right to left. */
function mirror(text: string): string {
  return Array.from(text, (character) => bidi.getMirroredCharacter(character) ?? character).join('');
}
