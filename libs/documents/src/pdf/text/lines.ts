import type { Face, Weight } from './faces.js';
import { LineBreaker } from './line-breaker.js';
import { shape, type Shaped } from './shape.js';
import { visualOrder, type Piece } from './visual.js';

export interface Style {
  readonly weight: Weight;
  readonly sizePt: number;
}

/** A line as it is seen, from left to right. */
export interface Line {
  readonly pieces: readonly (Piece & { readonly widthPt: number })[];
  readonly widthPt: number;
  /** In the order in which it is read. */
  readonly text: string;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Widths of what was set before, in units of the size: the words of invoices repeat themselves. */
const widths = new Map<string, number>();
const widthsMax = 20_000;

/**
 * Breaks a text into lines of at most a width, where Unicode's line breaking algorithm allows; what has no such place
 * and is too long is broken between characters. Line feeds are kept.
 */
export function breakIntoLines(text: string, style: Style, widthMaxPt = Infinity): Line[] {
  return text.split('\n').flatMap((paragraph) => {
    const shaped = shape(paragraph, style.weight);
    return linesOf(shaped, widthMaxPt / style.sizePt).map(([start, end]) => lineOf(shaped, start, end, style));
  });
}

/** Where lines start and end. Widths are in units of the size. */
function linesOf(shaped: Shaped, widthMax: number): [start: number, end: number][] {
  const lines: [number, number][] = [];
  let start = 0;
  let width = 0;
  const finish = (end: number): void => {
    lines.push([start, end]);
    start = end;
    width = 0;
  };
  for (const [from, to] of unbreakable(shaped.text)) {
    const visible = widthOf(shaped, from, trimmed(shaped.text, from, to));
    if (start < from && width + visible > widthMax) finish(from);
    if (visible <= widthMax) {
      width += widthOf(shaped, from, to);
      continue;
    }
    for (const { segment, index } of graphemes.segment(shaped.text.slice(from, to))) {
      const at = from + index;
      const step = widthOf(shaped, at, at + segment.length);
      if (start < at && width + step > widthMax && segment.trim() !== '') finish(at);
      width += step;
    }
  }
  finish(shaped.text.length);
  return lines;
}

/** The parts between the places where a line may end; the space that follows a part belongs to it. */
function* unbreakable(text: string): Generator<[from: number, to: number], void, undefined> {
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    yield [from, next.position];
    from = next.position;
  }
}

/** Where the space and the marks at the end of a range begin. */
function trimmed(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /[\s\u2068\u2069]/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function lineOf(shaped: Shaped, start: number, end: number, { sizePt }: Style): Line {
  const runs = shaped.runs(start, trimmed(shaped.text, start, end));
  const pieces = visualOrder(runs).map((piece) => ({
    ...piece,
    widthPt: widthOfText(piece.face, piece.text) * sizePt,
  }));
  return {
    pieces,
    widthPt: pieces.reduce((sum, { widthPt }) => sum + widthPt, 0),
    text: runs.map(({ text }) => text).join(''),
  };
}

function widthOf(shaped: Shaped, start: number, end: number): number {
  return shaped.runs(start, end).reduce((sum, { face, text }) => sum + widthOfText(face, text), 0);
}

function widthOfText({ name, font }: Face, text: string): number {
  const key = `${name} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = font.layout(text).advanceWidth / font.unitsPerEm;
    if (widths.size >= widthsMax) widths.clear();
    widths.set(key, width);
  }
  return width;
}
