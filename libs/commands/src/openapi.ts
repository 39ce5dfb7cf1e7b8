import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';

/** What the interface's description says about a command beside its conventions: what it does, and an answer to expect. */
export const Describes = (
  summary: string,
  description: string,
  status: 200 | 201,
  example: Readonly<Record<string, unknown>> | string,
): MethodDecorator =>
  applyDecorators(ApiOperation({ summary, description }), ApiResponse({ status, description: summary, example }));

/** The request body, with an example that works as it stands. */
export const Takes = <T>(request: Type<T>, example: T): MethodDecorator =>
  ApiBody({ type: request, examples: { example: { value: example } } });
