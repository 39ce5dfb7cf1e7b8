import type { JsonSchema } from './published-schemas.js';

/** What says nothing about which values there are. */
const annotations = new Set(['$id', '$schema', 'title', 'description', 'examples', '$comment', 'deprecated']);

/**
 * What would break a consumer that was written for the published schemas, in sentences; none when nothing does. A type
 * of event may be added, and so may a property that can be missing: consumers ignore what they do not know, and events
 * that they have stored still keep to the new schema. Everything else needs a type of the next version. That holds in
 * both directions, for wider values too: a reader that knows two words of an enumeration does not expect a third.
 */
export function breakingChanges(
  published: Readonly<Record<string, JsonSchema>>,
  present: Readonly<Record<string, JsonSchema>>,
): string[] {
  return Object.entries(published).flatMap(([type, was]) => {
    const is = present[type];
    return is === undefined ? [`${type} is no longer published`] : changesOf(was, is, type);
  });
}

function changesOf(was: JsonSchema, is: JsonSchema, path: string): string[] {
  const keywords = new Set([...Object.keys(was), ...Object.keys(is)].filter((keyword) => !annotations.has(keyword)));
  return [...keywords].flatMap((keyword) => {
    const [before, after] = [was[keyword], is[keyword]];
    if (isSchema(before) && isSchema(after)) {
      return keyword === 'properties' ? ofProperties(before, after, path) : changesOf(before, after, `${path}[]`);
    }
    if (keyword === 'required' && isList(before) && isList(after)) return ofRequired(before, after, path);
    if (keyword === 'anyOf' && isList(before) && isList(after)) return ofChoices(before, after, path);
    return same(before, after) ? [] : [`${path}: ${keyword} was ${text(before)} and is ${text(after)}`];
  });
}

function ofProperties(was: JsonSchema, is: JsonSchema, path: string): string[] {
  return Object.entries(was).flatMap(([name, before]) => {
    const after = is[name];
    if (after === undefined) return [`${path}.${name} was removed`];
    return changesOf(before as JsonSchema, after as JsonSchema, `${path}.${name}`);
  });
}

function ofRequired(was: readonly unknown[], is: readonly unknown[], path: string): string[] {
  return [
    ...is.filter((name) => !was.includes(name)).map((name) => `${path}.${String(name)} is required now`),
    ...was.filter((name) => !is.includes(name)).map((name) => `${path}.${String(name)} may be missing now`),
  ];
}

function ofChoices(was: readonly unknown[], is: readonly unknown[], path: string): string[] {
  if (was.length !== is.length) return [`${path}: anyOf was ${text(was)} and is ${text(is)}`];
  return was.flatMap((before, index) => changesOf(before as JsonSchema, is[index] as JsonSchema, path));
}

/** The order of an enumeration means nothing. */
function same(was: unknown, is: unknown): boolean {
  if (isList(was) && isList(is)) return text(was.toSorted()) === text(is.toSorted());
  return text(was) === text(is);
}

const text = (value: unknown): string => (value === undefined ? 'not there' : JSON.stringify(value));
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
