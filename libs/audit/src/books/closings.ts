import type { Month } from '#contracts';
import { comparePositions, type Position } from '#event-store';

/** A month that was closed, and where in the log. */
export interface Closing {
  readonly month: Month;
  readonly revision: number;
  readonly position: Position;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly eventId: string;
}

/** The months that were closed, in the order of the log. */
export class Closings {
  constructor(readonly all: readonly Closing[] = []) {}

  with(closing: Closing): Closings {
    return new Closings([...this.all, closing]);
  }

  where(holds: (closing: Closing) => boolean): Closings {
    return new Closings(this.all.filter(holds));
  }

  /** The month itself, or the first that was open where `position` stands. */
  openMonthFor(month: Month, position: Position): Month {
    const last = this.all.findLast((closing) => comparePositions(closing.position, position) < 0);
    return last === undefined || month > last.month ? month : monthAfter(last.month);
  }
}

export function monthAfter(month: Month): Month {
  const next = new Date(`${month}-01`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}
