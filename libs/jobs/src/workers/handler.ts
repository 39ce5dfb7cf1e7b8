import type { DueItem, DueKind } from '../due/due-work.js';

export type Handled = 'done' | { readonly againInMs: number };

/** Does due work of one kind. Doing it twice changes nothing. */
export interface Handler {
  readonly kind: DueKind;
  /** How many items a worker does at once. */
  readonly concurrency: number;
  /** @throws Error with what is wrong with this item, or with what is away */
  handle(item: DueItem): Promise<Handled>;
}
