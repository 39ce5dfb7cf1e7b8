import { readFileSync } from 'node:fs';
import { breakingChanges } from './compatibility.js';
import { publishedSchemas, type JsonSchema } from './published-schemas.js';

const type = 'io.seat-ledger.seats-reduced.v1';
const money = (more: object = {}) => ({
  type: 'object',
  properties: { amount: { type: 'integer', ...more }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
  required: ['amount', 'currency'],
});
const properties = {
  from: { type: 'integer', minimum: 0 },
  access: { type: 'string', enum: ['accessible', 'locked'] },
  entry: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  credit: money(),
  lines: { type: 'array', items: money() },
};
const was = { title: 'reduced', type: 'object', properties, required: ['from', 'credit'] };
const broken = (is: JsonSchema): string[] => breakingChanges({ [type]: was }, { [type]: is });
const withProperty = (name: string, schema: object) => ({ ...was, properties: { ...properties, [name]: schema } });

describe('breaking changes', () => {
  it('are none in what stays as it is, in words about it, and in what may be missing', () => {
    expect(broken(was)).toEqual([]);
    expect(broken({ ...was, title: 'Reduced', description: 'Seats were removed.' })).toEqual([]);
    expect(broken(withProperty('reason', { type: 'string' }))).toEqual([]);
    expect(broken(withProperty('access', { type: 'string', enum: ['locked', 'accessible'] }))).toEqual([]);
    expect(breakingChanges({ [type]: was }, { [type]: was, another: was })).toEqual([]);
  });

  const { from: _, ...withoutFrom } = properties;
  it.each<[string, JsonSchema, string[]]>([
    ['a property that is gone', { ...was, properties: withoutFrom }, [`${type}.from was removed`]],
    [
      'a property with another name',
      { ...was, properties: { ...withoutFrom, fromSeats: properties.from }, required: ['fromSeats', 'credit'] },
      [`${type}.from was removed`, `${type}.fromSeats is required now`, `${type}.from may be missing now`],
    ],
    [
      'a new one that must be there',
      { ...withProperty('reason', { type: 'string' }), required: ['from', 'credit', 'reason'] },
      [`${type}.reason is required now`],
    ],
    ['one that may be missing now', { ...was, required: ['from'] }, [`${type}.credit may be missing now`]],
    [
      'no list of what must be there',
      { ...was, required: undefined },
      [`${type}: required was ["from","credit"] and is not there`],
    ],
    [
      'another type',
      withProperty('from', { type: 'string', minimum: 0 }),
      [`${type}.from: type was "integer" and is "string"`],
    ],
    [
      'a narrower range',
      withProperty('from', { type: 'integer', minimum: 1 }),
      [`${type}.from: minimum was 0 and is 1`],
    ],
    [
      'a limit that was not there',
      withProperty('from', { type: 'integer', minimum: 0, maximum: 9 }),
      [`${type}.from: maximum was not there and is 9`],
    ],
    [
      'fewer words',
      withProperty('access', { type: 'string', enum: ['locked'] }),
      [`${type}.access: enum was ["accessible","locked"] and is ["locked"]`],
    ],
    [
      'a word that nobody knows',
      withProperty('access', { type: 'string', enum: ['accessible', 'locked', 'ajar'] }),
      [`${type}.access: enum was ["accessible","locked"] and is ["accessible","locked","ajar"]`],
    ],
    [
      'no null any more',
      withProperty('entry', { anyOf: [{ type: 'string' }] }),
      [`${type}.entry: anyOf was [{"type":"string"},{"type":"null"}] and is [{"type":"string"}]`],
    ],
    [
      'another kind of choice',
      withProperty('entry', { anyOf: [{ type: 'integer' }, { type: 'null' }] }),
      [`${type}.entry: type was "string" and is "integer"`],
    ],
    [
      'null where there was none',
      withProperty('from', { anyOf: [properties.from, { type: 'null' }] }),
      [
        `${type}.from: type was "integer" and is not there`,
        `${type}.from: minimum was 0 and is not there`,
        `${type}.from: anyOf was not there and is [{"type":"integer","minimum":0},{"type":"null"}]`,
      ],
    ],
    [
      'a change deep inside',
      withProperty('credit', money({ type: 'number' })),
      [`${type}.credit.amount: type was "integer" and is "number"`],
    ],
    [
      'a change in the items of a list',
      withProperty('lines', { type: 'array', items: money({ type: 'number' }) }),
      [`${type}.lines[].amount: type was "integer" and is "number"`],
    ],
    [
      'a door that is shut',
      { ...was, additionalProperties: false },
      [`${type}: additionalProperties was not there and is false`],
    ],
  ])('are seen: %s', (_, is, expected) => {
    expect(broken(is)).toEqual(expected);
  });

  it('are seen in a type that is gone', () => {
    expect(breakingChanges({ [type]: was }, {})).toEqual([`${type} is no longer published`]);
  });
});

describe('the published schemas', () => {
  const published = JSON.parse(readFileSync('docs/events/schemas.json', 'utf8')) as Record<string, JsonSchema>;

  it('have not been broken', () => {
    expect(breakingChanges(published, publishedSchemas())).toEqual([]);
  });

  it('are published as they are: `npm run publish:events` after what has been added', () => {
    expect(published).toEqual(publishedSchemas());
  });
});
