import { LRUCache } from 'lru-cache';
import { readStreamName, readType } from '../record/record-subject.js';

export interface FilterExpression {
  readonly on: 'stream' | 'type';
  /** One of the prefixes or, when there is none, the regular expression. */
  readonly prefixes: readonly string[];
  readonly regex: string;
}

export type EventFilter = (record: Buffer) => boolean;

const REMEMBERED_SUBJECTS_MAX = 10_000;

/** @throws {SyntaxError} when the regular expression is none. */
export function createFilter({ on, prefixes, regex }: FilterExpression): EventFilter {
  const pattern = new RegExp(regex);
  const test = (subject: string) =>
    prefixes.length > 0 ? prefixes.some((prefix) => subject.startsWith(prefix)) : pattern.test(subject);
  const subjectOf = on === 'stream' ? readStreamName : readType;
  // Types and streams repeat: each is asked about once.
  const answers = new LRUCache<string, boolean>({ max: REMEMBERED_SUBJECTS_MAX });
  return (record) => {
    const subject = subjectOf(record);
    const known = answers.get(subject);
    if (known !== undefined) return known;
    const answer = test(subject);
    answers.set(subject, answer);
    return answer;
  };
}
