import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../problem/problem-exception.js';
import { isUuid } from './values.js';

const existing: PipeTransform = {
  transform(value: unknown): string {
    if (!isUuid(value)) throw notFound();
    return value.toLowerCase();
  },
};

/** A UUID in the path. Whatever else stands there names nothing, so the answer is `not-found`. */
export const PathUuid = (name: string): ParameterDecorator => Param(name, existing);
