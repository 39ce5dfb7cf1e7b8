import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../http.js';
import { ProblemException } from '../problem/problem-exception.js';
import { negotiate } from './negotiate.js';

/**
 * The media type to answer with, of those that the route can give; the first is for callers that do not mind.
 *
 * @throws ProblemException `not-acceptable`, naming the types that there are.
 */
export const Accepted = createParamDecorator((types: readonly string[], context: ExecutionContext) => {
  const http = context.switchToHttp();
  http.getResponse<HttpReply>().header('vary', 'Accept');
  const type = negotiate(http.getRequest<HttpRequest>().headers.accept, types);
  if (type !== undefined) return type;
  throw new ProblemException('not-acceptable', `Accept one of ${types.join(', ')}.`, { available: types });
});
