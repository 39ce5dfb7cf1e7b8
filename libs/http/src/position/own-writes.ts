import { Injectable } from '@nestjs/common';
import { isAfter, type Position } from './position.js';

/** The furthest position that this process has written, so that its own next reads can wait for it. */
@Injectable()
export class OwnWrites {
  private furthest: Position | undefined;

  record(position: Position): void {
    if (this.furthest === undefined || isAfter(position, this.furthest)) this.furthest = position;
  }

  last(): Position | undefined {
    return this.furthest;
  }
}
