/** The part of JSON Schema 2020-12 in which the events are described. */
export interface TextSchema {
  readonly type: 'string';
  readonly format?: 'date' | 'date-time' | 'uuid';
  readonly minLength?: number;
  readonly pattern?: string;
  readonly description?: string;
}

export interface IntegerSchema {
  readonly type: 'integer';
  readonly minimum?: number;
  readonly description?: string;
}

/** One of a closed list of words: a new word breaks whoever decides by it. */
export interface EnumSchema<V extends string = string> {
  readonly type: 'string';
  readonly enum: readonly V[];
  readonly description?: string;
}

export interface NullableSchema<S = unknown> {
  readonly anyOf: readonly [S, { readonly type: 'null' }];
  readonly description?: string;
}

export interface ListSchema<S = unknown> {
  readonly type: 'array';
  readonly items: S;
  readonly description?: string;
}

/** Properties that are not named here may come later, and are to be ignored until then. */
export interface ObjectSchema<T extends object = object> {
  readonly type: 'object';
  readonly properties: { readonly [K in keyof T]-?: SchemaOf<T[K]> };
  readonly required: readonly (keyof T & string)[];
  readonly description?: string;
}

/** The schema that describes values of type `T`. */
export type SchemaOf<T> = [null] extends [T]
  ? NullableSchema<SchemaOf<Exclude<T, null>>>
  : [T] extends [string]
    ? string extends T
      ? TextSchema
      : EnumSchema<T>
    : [T] extends [number]
      ? IntegerSchema
      : [T] extends [readonly (infer E)[]]
        ? ListSchema<SchemaOf<E>>
        : [T] extends [object]
          ? ObjectSchema<T>
          : never;

/** The schema of an object that has these properties, all of them but those that may be missing. */
export function objectOf<T extends object>(
  properties: NoInfer<ObjectSchema<T>['properties']>,
  mayBeMissing: readonly (keyof T & string)[] = [],
): ObjectSchema<T> {
  const names = Object.keys(properties) as (keyof T & string)[];
  return { type: 'object', properties, required: names.filter((name) => !mayBeMissing.includes(name)) };
}

export function orNull<S>(schema: S): NullableSchema<S> {
  return { anyOf: [schema, { type: 'null' }] };
}

export function listOf<S>(items: S): ListSchema<S> {
  return { type: 'array', items };
}

export function oneOf<V extends string>(...words: V[]): EnumSchema<V> {
  return { type: 'string', enum: words };
}

export function described<S extends object>(description: string, schema: S): S {
  return { ...schema, description };
}
