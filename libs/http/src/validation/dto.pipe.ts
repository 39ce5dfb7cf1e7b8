import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { InputError } from '#contracts';
import { invalidInput, invalidValue } from '../problem/problem-exception.js';
import { check } from './check.js';
import { isDto } from './compile.js';
import type { Dto } from './nested.js';

/**
 * Turns bodies, queries and path parameters into the DTO that the controller names, or refuses them. It reads
 * class-validator's decorators once for each class: going through them anew for each request was the dearest part of it.
 */
@Injectable()
export class DtoPipe implements PipeTransform {
  private readonly kinds = new Map<unknown, boolean>();

  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    if (type === 'custom') return value;
    if (data !== undefined) return single(value, data);
    if (!this.isDto(metatype)) {
      if (type === 'param') return value;
      // Seen when the DTO was imported with `import type`: its rules would be skipped in silence.
      throw new Error(`A ${type} needs a DTO class with rules, but its type is ${metatype?.name ?? 'unknown'}.`);
    }
    return validated(metatype, value ?? {});
  }

  private isDto(type: unknown): type is Dto {
    let known = this.kinds.get(type);
    if (known === undefined) {
      known = isDto(type);
      this.kinds.set(type, known);
    }
    return known;
  }
}

/** @throws ProblemException `validation-failed`, with a finding for each wrong value. */
export function validated<T extends object>(dto: Dto<T>, input: unknown): T {
  const errors: InputError[] = [];
  const result = check(dto, input, errors);
  if (errors.length > 0) throw invalidInput(errors);
  return result;
}

/** `?status=a&status=b` arrives as an array where the controller says string. */
function single(value: unknown, name: string): unknown {
  if (value === undefined || typeof value === 'string') return value;
  throw invalidValue(name, 'must be given once, as text');
}
