import { getMetadataStorage, type ValidationArguments } from 'class-validator';
import { normaliserOf } from './normalise.js';
import type { Dto, NestedContext } from './nested.js';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One rule of class-validator, bound to its arguments. */
export interface Rule {
  readonly each: boolean;
  accepts(value: unknown, dto: object): boolean;
  message(value: unknown, dto: object): string;
}

/** Everything that a DTO says about one of its properties. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly each: boolean;
  readonly conditions: readonly ((dto: object, value: unknown) => boolean)[];
  readonly normalise: ((value: unknown) => unknown) | undefined;
  readonly rules: readonly Rule[];
  /** Read on use, so that a DTO may hold itself. */
  readonly nested: (() => Dto) | undefined;
}

/**
 * Reads class-validator's decorators of `dto` once, in the order in which they are written.
 * @throws when the class has none, or one that can't be checked at once (asynchronous, or nested without `@Nested`).
 */
export function compile(dto: Dto): ReadonlyMap<string, Field> {
  const byProperty = new Map<string, Metadata[]>();
  for (const metadata of metadataOf(dto)) {
    // Decorators run from the bottom up; this turns their order round, so that the one on top is checked first.
    byProperty.set(metadata.propertyName, [metadata, ...(byProperty.get(metadata.propertyName) ?? [])]);
  }
  if (byProperty.size === 0) throw new Error(`${dto.name} declares no validation: decorate its properties.`);
  const fields = [...byProperty].map(([name, metadata]) => compileField(dto, name, metadata));
  // A condition may look at any other property, so these have to be there by then.
  fields.sort((a, b) => a.conditions.length - b.conditions.length);
  return new Map(fields.map((field) => [field.name, field]));
}

export const isDto = (type: unknown): type is Dto => typeof type === 'function' && metadataOf(type as Dto).length > 0;

const metadataOf = (dto: Dto): Metadata[] => getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);

function compileField(dto: Dto, name: string, metadata: readonly Metadata[]): Field {
  const conditional = metadata.filter(({ type }) => type === 'conditionalValidation');
  const nested = metadata.find(({ type }) => type === 'nestedValidation');
  const context = nested?.context as NestedContext | undefined;
  if (nested !== undefined && context === undefined) {
    throw new Error(`${dto.name}.${name}: write @Nested(() => Type) instead of @ValidateNested().`);
  }
  return {
    name,
    optional: conditional.some((condition) => condition.name === 'isOptional'),
    each: metadata.some(({ each }) => each),
    conditions: conditional
      .filter((condition) => condition.name !== 'isOptional')
      .map(({ constraints }) => constraints[0] as Field['conditions'][number]),
    normalise: normaliserOf(dto.prototype as object, name),
    rules: metadata.flatMap((rule) => compileRules(dto, rule)),
    nested: context?.type,
  };
}

function compileRules(dto: Dto, metadata: Metadata): Rule[] {
  if (metadata.constraintCls === undefined) return [];
  const { propertyName: property, constraints, each, message } = metadata;
  const argsFor = (value: unknown, object: object): ValidationArguments => ({
    value,
    object,
    property,
    constraints,
    targetName: dto.name,
  });
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance, async }) => {
      if (async) throw new Error(`${dto.name}.${property}: asynchronous rules belong in the handler.`);
      return {
        each: each === true,
        accepts: (value, object) => instance.validate(value, argsFor(value, object)) === true,
        message: (value, object) => {
          const args = argsFor(value, object);
          const text = message || (instance.defaultMessage?.(args) ?? `${property} is not valid`);
          return fillIn(typeof text === 'function' ? text(args) : text, args);
        },
      };
    });
}

/** class-validator's own place-holders, except `$value`: what was sent is not sent back. */
const fillIn = (text: string, { property, constraints }: ValidationArguments): string =>
  text
    .replace(/\$constraint(\d+)/g, (_, place: string) => String((constraints as unknown[])[Number(place) - 1]))
    .replaceAll('$property', property);
