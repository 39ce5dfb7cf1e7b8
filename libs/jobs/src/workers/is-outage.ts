import { HttpStatus } from '@nestjs/common';
import { ProblemException } from '#http';
import { isDatabaseOutage } from '#projection-engine';

const passing = new Set<number>([HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.TOO_MANY_REQUESTS]);

/** Nothing that is about one license: the others would fail as well, and all of them succeed when it is over. */
export function isOutage(error: unknown): boolean {
  return error instanceof ProblemException ? passing.has(error.getStatus()) : isDatabaseOutage(error);
}
