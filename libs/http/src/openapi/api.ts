import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { ProblemCode } from '#contracts';
import { ReadYourWrites } from '../position/read-your-writes.guard.js';
import { ApiProblems } from './api-problems.js';

/**
 * A controller or route that answers from the read model: it waits for the caller's own writes, and is documented with
 * its tag and the usual refusals; `codes` are those of its own.
 */
export const QueryApi = (tag: string, ...codes: readonly ProblemCode[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiTags(tag),
    UseGuards(ReadYourWrites),
    ApiHeader({ name: 'Ledger-Min-Position', required: false, description: 'Wait until the answer includes this.' }),
    ApiProblems(
      'validation-failed',
      'unauthenticated',
      'forbidden',
      'not-found',
      'too-many-requests',
      'overloaded',
      'read-model-behind',
      'read-model-unavailable',
      ...codes,
    ),
  );

/** A controller or route that changes something; `codes` are the refusals of its own. */
export const CommandApi = (tag: string, ...codes: readonly ProblemCode[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key with the same body gives the first answer again.',
    }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The `ETag` of the license that you have seen.' }),
    ApiProblems(
      'validation-failed',
      'unauthenticated',
      'forbidden',
      'not-found',
      'revision-mismatch',
      'payload-too-large',
      'unsupported-media-type',
      'idempotency-key-reused',
      'too-many-requests',
      'overloaded',
      'event-store-unavailable',
      ...codes,
    ),
  );
