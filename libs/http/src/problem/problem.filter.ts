import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../http.js';
import { PROBLEMS, problem, type Problem, type ProblemCode } from '#contracts';
import { isDatabaseOutage } from '#projection-engine';
import { drain } from './drain.js';
import { ProblemException } from './problem-exception.js';

const CODE_OF_STATUS = new Map<number, ProblemCode>([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [413, 'payload-too-large'],
  [415, 'unsupported-media-type'],
  [429, 'too-many-requests'],
]);

const RETRY_AFTER_S = '1';

/** Answers every error as RFC 9457. What nobody foresaw is logged under the request's id and tells the caller that id alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const reply = http.getResponse<HttpReply>();
    const body = problemOf(error, request.id);
    if (body.code === 'internal-error') {
      const where = `${request.method} ${pathOf(request)} (request ${request.id})`;
      this.logger.error(new Error(`${where} failed unforeseen`, { cause: error }));
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const headers = error instanceof ProblemException ? error.headers : {};
    if (request.raw.complete) sendProblem(reply, body, headers);
    else void drain(request.raw).then(() => sendProblem(reply, body, headers));
  }
}

/** Sends `body` as the answer; `Retry-After` is set where waiting helps. */
export function sendProblem(reply: HttpReply, body: Problem, headers: Readonly<Record<string, string>> = {}): void {
  if ((body.status === 503 || body.status === 429) && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', RETRY_AFTER_S);
  }
  void reply.code(body.status).headers(headers).type('application/problem+json').send(body);
}

/** The problem that `error` means to the caller: never its stack, never the text of an unforeseen one. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof ProblemException) return error.problem;
  if (error instanceof HttpException && error.getStatus() < 500) {
    const code = CODE_OF_STATUS.get(error.getStatus()) ?? 'validation-failed';
    return problem(code, error.message || PROBLEMS[code].title);
  }
  if (isDatabaseOutage(error)) {
    const detail = 'The read model does not answer. Commands are taken all the same; repeat the query in a moment.';
    return problem('read-model-unavailable', detail);
  }
  return problem('internal-error', 'The request failed. Try again, and name the request id if it goes on.', {
    requestId,
  });
}

const pathOf = (request: HttpRequest): string => request.url.split('?', 1)[0] ?? '';
