import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../http.js';
import { ProblemException } from '../problem/problem-exception.js';
import { OwnWrites } from './own-writes.js';
import { decodePosition } from './position.js';
import { ReadModelPosition } from './read-model-position.js';

const DEMANDED_WAIT_MS = 2_000;
const COURTESY_WAIT_MS = 300;

/**
 * A query that names a position is answered from there on or not at all. One that names none waits a moment for what
 * this process wrote last, so that the simplest client reads its own writes, and then gets what there is. None is
 * answered while the read model is filled for the first time.
 * A guard, because it runs after that of the tokens and costs a request far less than an interceptor.
 */
@Injectable()
export class ReadYourWrites implements CanActivate {
  constructor(
    private readonly readModel: ReadModelPosition,
    private readonly ownWrites: OwnWrites,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.readModel.complete) {
      throw new ProblemException(
        'read-model-behind',
        'The read model is being built from the events. Try again later.',
      );
    }
    const demanded = context.switchToHttp().getRequest<HttpRequest>().headers['ledger-min-position'];
    if (typeof demanded === 'string') {
      const position = decodePosition(demanded, 'Ledger-Min-Position');
      if (!(await this.readModel.waitFor(position, DEMANDED_WAIT_MS))) {
        throw new ProblemException('read-model-behind', 'The read model has not reached that position. Try again.');
      }
    } else {
      const own = this.ownWrites.last();
      if (own !== undefined) await this.readModel.waitFor(own, COURTESY_WAIT_MS);
    }
    return true;
  }
}
