/**
 * How far a group has come. A place is a revision or a position; places are read in ascending order and finished in any.
 */
export class Progress {
  /** In the order in which they were read: the first is the lowest. */
  private readonly unfinished = new Set<number>();

  /** @param lastRead is the place behind which reading begins. */
  constructor(private lastRead: number) {}

  /** The event at the place is to be delivered. */
  begin(place: number): void {
    this.lastRead = place;
    this.unfinished.add(place);
  }

  /** The event at the place is none for this group. */
  pass(place: number): void {
    this.lastRead = place;
  }

  finish(place: number): void {
    this.unfinished.delete(place);
  }

  /** The place up to which, and including which, nothing is left to do. */
  get done(): number {
    const [lowest] = this.unfinished;
    return lowest === undefined ? this.lastRead : lowest - 1;
  }
}
