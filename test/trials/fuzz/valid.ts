import fc from 'fast-check';
import type { OpenApiDocument, Schema } from './document.js';

/** Values that mean something to the ledger under test, by the name of the parameter or field. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const itemsMax = 5;

/** Values as the schema wants them; those that are known, where some are, more often than not. */
export class ValidValues {
  constructor(
    private readonly document: OpenApiDocument,
    private readonly known: Known,
  ) {}

  of(schema: Schema, name = ''): fc.Arbitrary<unknown> {
    const known = Object.hasOwn(this.known, name) ? this.known[name] : undefined;
    const any = this.#bySchema(schema);
    if (known === undefined || known.length === 0) return any;
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
  }

  /** With what it must have, and some of what it may have. */
  object(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
    const { properties = {}, required = [] } = this.#resolved(schema);
    const entries = Object.entries(properties).map(([name, of]) => [name, this.of(of, name)] as const);
    return fc.record(Object.fromEntries(entries), { requiredKeys: [...required] });
  }

  #bySchema(schema: Schema): fc.Arbitrary<unknown> {
    const of = this.#resolved(schema);
    if (of.enum !== undefined) return fc.constantFrom(...of.enum);
    switch (of.type) {
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return this.#number(of);
      case 'array':
        return fc.array(this.of(of.items ?? {}), {
          minLength: of.minItems ?? 0,
          maxLength: Math.min(of.maxItems ?? itemsMax, itemsMax),
        });
      case 'object':
        return this.object(of);
      default:
        return this.#text(of);
    }
  }

  #number({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
    const max = Math.min(maximum, Number.MAX_SAFE_INTEGER);
    return fc.oneof(fc.integer({ min: minimum, max: Math.min(minimum + 20, max) }), fc.constantFrom(minimum, max));
  }

  #text({ format, pattern, minLength = 0, maxLength = 60, example }: Schema): fc.Arbitrary<unknown> {
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
    const any = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) });
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/);
    const free = typeof example === 'string' ? fc.oneof(fc.constant(example), word, any) : fc.oneof(word, any);
    switch (format) {
      case 'uuid':
        return fc.uuid();
      case 'email':
        return fc.emailAddress();
      case 'date':
        return fc
          .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
          .map((day) => day.toISOString().slice(0, 10));
      case 'date-time':
        return fc
          .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
          .map((time) => time.toISOString());
      // Nobody is called there: nothing listens, and the name is one that never leads anywhere.
      case 'uri':
        return fc.constantFrom('http://127.0.0.1:1/hook', 'https://fuzz.invalid/hook');
      case undefined:
      default:
        return free;
    }
  }

  #resolved(schema: Schema): Schema {
    const { $ref, allOf } = schema;
    if ($ref !== undefined) return this.document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {};
    if (allOf?.length === 1) return this.#resolved(allOf[0] ?? {});
    return schema;
  }
}
