import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';

/** What the interface's description says about a command beside its conventions: what it does, and an answer to expect. */
export const Describes = (
  summary: string,
  description: string,
  status: 200 | 201,
  example: Readonly<Record<string, unknown>> | string,
): MethodDecorator =>
  applyDecorators(ApiOperation({ summary, description }), ApiResponse({ status, description: summary, example }));
