import type { Instant } from '#calendar';

/**
 * What falls due by itself. `renewal`: something of a license, such as a cycle that begins. `deadline`: a change should
 * have reached its instance by now. `push`: an entitlement is to be brought to its instance.
 */
export const dueKinds = ['renewal', 'deadline', 'push'] as const;
export type DueKind = (typeof dueKinds)[number];

/** One piece of due work. Doing it twice, or when it is done already, changes nothing. */
export interface DueItem {
  readonly kind: DueKind;
  readonly licenseId: string;
  /** The change whose deadline it is; null for the other kinds, which are about the whole license. */
  readonly changeId: string | null;
  readonly dueAt: Instant;
  /** The same for the same piece of work, whoever finds it, and for no other. */
  readonly id: string;
}

export interface FindOptions {
  /** Go on behind this item. */
  readonly after?: DueItem | undefined;
  /** Of the changes that nobody has tried to bring yet, look at those alone that were requested since. */
  readonly changedSince?: Instant | undefined;
}

/** Finds due work. What it finds may be done already, for the read model runs behind: finding it again does no harm. */
export abstract class DueWork {
  /** What is due at `until`, in the order in which it fell due. */
  abstract find(kind: DueKind, until: Instant, limit: number, options?: FindOptions): Promise<readonly DueItem[]>;

  /**
   * What is due at `until`, of all kinds and as of one moment: what follows from work that was done, such as the push of
   * a change that a renewal made, is among it as soon as that work is not.
   */
  abstract open(until: Instant, limit: number): Promise<readonly DueItem[]>;

  /** How many licenses something is due of at `until`. */
  abstract countRenewals(until: Instant): Promise<number>;

  /** When the next piece of work of any kind falls due after a moment; null when none does. */
  abstract nextAfter(moment: Instant): Promise<Instant | null>;
}

export function renewalOf(licenseId: string, dueAt: Instant): DueItem {
  return { kind: 'renewal', licenseId, changeId: null, dueAt, id: `${licenseId}-${Date.parse(dueAt)}` };
}

export function deadlineOf(changeId: string, licenseId: string, dueAt: Instant): DueItem {
  return { kind: 'deadline', licenseId, changeId, dueAt, id: changeId };
}

/** @param revision of the newest change that is to be brought: another one is another push, also in the same moment. */
export function pushOf(licenseId: string, revision: number, dueAt: Instant): DueItem {
  return { kind: 'push', licenseId, changeId: null, dueAt, id: `${licenseId}-${revision}-${Date.parse(dueAt)}` };
}
