const NORMALISE = Symbol('http:normalise');

type Normaliser = (value: unknown) => unknown;

/**
 * Rewrites a value before its rules see it: a query's text to a number, an instant to UTC.
 * What it can't rewrite it returns as it came, for the rules to refuse.
 */
export const Normalise =
  (normaliser: Normaliser): PropertyDecorator =>
  (target, property) =>
    Reflect.defineMetadata(NORMALISE, normaliser, target, property);

export const normaliserOf = (prototype: object, property: string): Normaliser | undefined =>
  Reflect.getMetadata(NORMALISE, prototype, property) as Normaliser | undefined;
