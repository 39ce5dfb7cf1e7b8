const isolateBegins = '\u2068';
const isolateEnds = '\u2069';

/** The marks around what stands by itself in a sentence: begin and end. */
export const isolateMarks = /[\u2068\u2069]/g;

const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const breaks = /\r\n|[\r\u0085\u2028\u2029]/g;
const unprintable = /(?!\n)\p{Cc}/gu;

/**
 * What a stranger wrote, as characters that print and line feeds alone. Without marks of direction, which could make a
 * document read otherwise than it was written.
 */
export function plain(text: string): string {
  return text.normalize('NFC').replace(breaks, '\n').replace(controls, '').replace(unprintable, ' ');
}

/**
 * What a stranger wrote, to be set into a sentence or line of ours: it runs in its own direction, and leaves what stands
 * around it where it is.
 */
export function isolate(text: string): string {
  return isolateBegins + plain(text) + isolateEnds;
}

/** A line of ours that begins with a stranger's words and a colon, as an invoice line does with the name of its plan. */
export function isolateName(line: string): string {
  const colon = line.lastIndexOf(': ');
  return colon < 0 ? isolate(line) : isolate(line.slice(0, colon)) + plain(line.slice(colon));
}

/** The lines of a text, each isolated; empty ones are left out. */
export function isolatedLines(text: string): string[] {
  return plain(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(isolate);
}
