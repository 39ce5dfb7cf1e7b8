import { isolateMarks } from '../../format/text.js';
import { bidi } from './bidi.js';
import { Faces, type Face, type Weight } from './faces.js';

/** Characters that follow each other, of one face and one level of direction: odd runs from right to left. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly level: number;
}

/** A text in its logical order: the character at each index with its face and its level. */
export interface Shaped {
  readonly text: string;
  /** Of runs from `start` up to, not including, `end`, in logical order. */
  runs(start: number, end: number): Run[];
}

/** Finds out about every character of one paragraph in which face it is set and in which direction it runs. */
export function shape(text: string, weight: Weight): Shaped {
  const faces = new Faces(text, weight);
  const { levels } = bidi.getEmbeddingLevels(text, 'ltr');
  const faceAt: Face[] = [];
  let before: Face | undefined;
  for (const character of text) {
    before = faces.of(character, before);
    for (let unit = 0; unit < character.length; unit += 1) faceAt.push(before);
  }
  return {
    text,
    runs(start, end) {
      const runs: Run[] = [];
      let from = start;
      for (let at = start; at < end; at = at + 1) {
        const face = faceAt[at];
        const level = levels[at] ?? 0;
        if (face === undefined || (at + 1 < end && faceAt[at + 1] === face && levels[at + 1] === level)) continue;
        const printed = text.slice(from, at + 1).replace(isolateMarks, '');
        if (printed !== '') runs.push({ text: printed, face, level });
        from = at + 1;
      }
      return runs;
    },
  };
}
