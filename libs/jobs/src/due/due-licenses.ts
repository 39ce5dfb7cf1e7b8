import type { Instant } from '#calendar';

/** A license for which something falls due by itself, and when. */
export interface DueLicense {
  readonly licenseId: string;
  readonly dueAt: Instant;
}

/** Finds due work. What it finds may be done already, for the read model runs behind: finding it again does no harm. */
export abstract class DueLicenses {
  /** Licenses that are due at `until`, in the order in which they fell due, those after `after` in that order. */
  abstract find(until: Instant, limit: number, after?: DueLicense): Promise<readonly DueLicense[]>;
}
