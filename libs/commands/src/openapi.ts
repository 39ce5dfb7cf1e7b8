import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '#http';

/**
 * What the interface's description says about a route beside its conventions: what it does, and an answer to expect.
 * `otherForms` are the media types in which the answer can be had beside JSON, each with an example.
 */
export const Describes = (
  summary: string,
  description: string,
  status: 200 | 201,
  example: Readonly<Record<string, unknown>> | string,
  otherForms?: Readonly<Record<string, string>>,
): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description }),
    ...(otherForms === undefined
      ? [ApiResponse({ status, description: summary, example })]
      : [
          ApiResponse({ status, description: summary, content: contentOf(example, otherForms) }),
          ApiProblems('not-acceptable'),
        ]),
  );

function contentOf(json: unknown, otherForms: Readonly<Record<string, string>>) {
  const others = Object.entries(otherForms).map(([type, example]) => [type, { schema: { type: 'string' }, example }]);
  return { 'application/json': { schema: { type: 'object' }, example: json }, ...Object.fromEntries(others) };
}

/** The request body, with an example that works as it stands. */
export const Takes = <T>(request: Type<T>, example: T): MethodDecorator =>
  ApiBody({ type: request, examples: { example: { value: example } } });
