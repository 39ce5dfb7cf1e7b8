import { positionOf, type Position } from '#contracts';
import { invalidValue } from '../problem/problem-exception.js';

export { encodePosition, type Position } from '#contracts';

/** @throws ProblemException `validation-failed`, naming `path`, when `text` is not a position that we gave out. */
export function decodePosition(text: string, path: string): Position {
  const position = positionOf(text);
  if (position === null) throw invalidValue(path, 'must be the Ledger-Position of an earlier answer');
  return position;
}

export const isAfter = (a: Position, b: Position): boolean =>
  a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);
