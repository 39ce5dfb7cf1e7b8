import { HttpException } from '@nestjs/common';
import { problem, type InputError, type Problem, type ProblemCode, type Refusal } from '#contracts';

type Headers = Readonly<Record<string, string>>;

/** Thrown at the edge; the filter answers with its problem and headers. */
export class ProblemException extends HttpException {
  readonly problem: Problem;
  readonly headers: Headers;

  /** `extra` is added to the problem's body, `headers` to those of the answer. */
  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}, headers: Headers = {}) {
    const body = problem(code, detail, extra);
    super(body, body.status);
    this.message = detail;
    this.problem = body;
    this.headers = headers;
  }

  static of({ code, detail, ...extra }: Refusal): ProblemException {
    return new ProblemException(code, detail, extra);
  }
}

/** Ends the request with the domain's refusal. */
export function refuse(refusal: Refusal): never {
  throw ProblemException.of(refusal);
}

export function invalidInput(errors: readonly InputError[]): ProblemException {
  const [first, ...others] = errors;
  const detail =
    first === undefined || others.length > 0
      ? `${errors.length} values are not valid: see errors.`
      : `${first.path || 'body'}: ${first.message}.`;
  return new ProblemException('validation-failed', detail, { errors });
}

export function invalidValue(path: string, message: string): ProblemException {
  return invalidInput([{ path, message }]);
}

export function notFound(detail = 'There is nothing here, or nothing that you may see.'): ProblemException {
  return new ProblemException('not-found', detail);
}
