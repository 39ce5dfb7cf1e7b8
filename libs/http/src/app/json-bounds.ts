const DEPTH_MAX = 16;
/** Members and items, counted by the commas between them. */
const VALUES_MAX = 20_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * What there is too much of in a JSON text, or undefined: no request of this interface is so deep or has so many parts,
 * and taking one apart costs more the more of them it has. Whether it is JSON is left to the parser.
 */
export function excessOf(text: string): string | undefined {
  let depth = 0;
  let commas = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at + 1);
        break;
      case COMMA:
        if (++commas >= VALUES_MAX) return `must not hold more than ${VALUES_MAX} values`;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > DEPTH_MAX) return `must not be nested more than ${DEPTH_MAX} levels deep`;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
    }
  }
  return undefined;
}

function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
