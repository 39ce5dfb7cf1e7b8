import { applyDecorators } from '@nestjs/common';
import { ValidateNested } from 'class-validator';

export type Dto<T extends object = object> = new () => T;

/** What {@link Nested} leaves for the checker. */
export interface NestedContext {
  readonly type: () => Dto;
}

/** The value is an object of the given DTO, or with `each` an array of them. */
export function Nested(type: () => Dto, options: { each?: boolean } = {}): PropertyDecorator {
  const context: NestedContext = { type };
  return applyDecorators(ValidateNested({ ...options, context }));
}
