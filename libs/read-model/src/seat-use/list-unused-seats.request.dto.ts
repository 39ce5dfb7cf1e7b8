import { PageQuery, QueryInteger } from '#http';
import { limits } from '#license';

export class ListUnusedSeatsRequest extends PageQuery {
  /** Only licenses with so many unused seats or more. */
  @QueryInteger(1, limits.seatsMax)
  atLeast: number = 1;
}
