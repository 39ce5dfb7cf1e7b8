import type { InputError } from '#contracts';
import { compile, type Field, type Rule } from './compile.js';
import type { Dto } from './nested.js';

/** Bounds that hold for every value, whatever its DTO says. */
const STRING_LENGTH_MAX = 4_096;
const ARRAY_LENGTH_MAX = 1_000;
const ERRORS_MAX = 20;
/** Of a name that nobody knows, no more is said back. */
const NAME_SHOWN_MAX = 100;

/** PostgreSQL refuses NUL, and half of a surrogate pair is no UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const compiled = new WeakMap<Dto, ReadonlyMap<string, Field>>();

function fieldsOf(dto: Dto): ReadonlyMap<string, Field> {
  let fields = compiled.get(dto);
  if (fields === undefined) {
    fields = compile(dto);
    compiled.set(dto, fields);
  }
  return fields;
}

/**
 * Makes a `dto` of `input` and notes in `errors` what is wrong with it (at most twenty findings, one for each value).
 * Nothing is coerced, and what no rule knows is refused. `null` counts as absent where a value is optional.
 */
export function check<T extends object>(dto: Dto<T>, input: unknown, errors: InputError[], path = ''): T {
  const result = new dto();
  if (!isPlainObject(input)) {
    errors.push({ path, message: 'must be an object' });
    return result;
  }
  const fields = fieldsOf(dto);
  for (const name of Object.keys(input)) {
    if (fields.has(name)) continue;
    if (errors.length >= ERRORS_MAX) break;
    errors.push({ path: join(path, shown(name)), message: 'is unknown' });
  }
  const target = result as Record<string, unknown>;
  for (const field of fields.values()) {
    if (errors.length >= ERRORS_MAX) break;
    checkField(field, Object.hasOwn(input, field.name) ? input[field.name] : undefined, target, errors, path);
  }
  return result;
}

function checkField(
  field: Field,
  input: unknown,
  target: Record<string, unknown>,
  errors: InputError[],
  parent: string,
): void {
  if (input === undefined || (input === null && field.optional)) {
    // What the class itself sets is the default.
    if (field.optional || target[field.name] !== undefined || !isWanted(field, target, input)) return;
    errors.push({ path: join(parent, field.name), message: `${field.name} is required` });
    return;
  }
  const value = field.normalise === undefined ? input : field.normalise(input);
  target[field.name] = value;
  if (!isWanted(field, target, value)) {
    // No rule looks at it, so it must not reach a handler.
    if (value !== null) delete target[field.name];
    return;
  }
  const path = join(parent, field.name);
  const message = outOfBounds(value) ?? wrong(field.rules, value, target, false);
  if (message !== undefined) errors.push({ path, message });
  else if (field.each) target[field.name] = checkItems(field, value, target, errors, path);
  else if (field.nested !== undefined) target[field.name] = check(field.nested(), value, errors, path);
}

function checkItems(field: Field, value: unknown, target: object, errors: InputError[], path: string): unknown {
  if (!Array.isArray(value)) {
    errors.push({ path, message: `${field.name} must be an array` });
    return value;
  }
  return value.map((item: unknown, index) => {
    if (errors.length >= ERRORS_MAX) return item;
    const message = outOfBounds(item) ?? wrong(field.rules, item, target, true);
    if (message !== undefined) errors.push({ path: `${path}[${index}]`, message });
    else if (field.nested !== undefined) return check(field.nested(), item, errors, `${path}[${index}]`);
    return item;
  });
}

function wrong(rules: readonly Rule[], value: unknown, dto: object, each: boolean): string | undefined {
  for (const rule of rules) {
    if (rule.each === each && !rule.accepts(value, dto)) return rule.message(value, dto);
  }
  return undefined;
}

/** What no store can keep or no number can hold exactly, and what is larger than anybody needs. */
function outOfBounds(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.length > STRING_LENGTH_MAX) return `must not be longer than ${STRING_LENGTH_MAX} characters`;
    if (UNSTORABLE.test(value)) return 'contains characters that can not be stored';
  } else if (typeof value === 'number') {
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'is too large';
  } else if (Array.isArray(value) && value.length > ARRAY_LENGTH_MAX) {
    return `must not hold more than ${ARRAY_LENGTH_MAX} items`;
  }
  return undefined;
}

const isWanted = (field: Field, dto: object, value: unknown): boolean =>
  field.conditions.every((condition) => condition(dto, value));

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (name: string): string => (name.length > NAME_SHOWN_MAX ? `${name.slice(0, NAME_SHOWN_MAX)}…` : name);

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
