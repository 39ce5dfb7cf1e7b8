import type { List } from '../values.js';
import type { PublicEvent } from './cloud-event.js';

/** A page of history. `position` is where to go on, also when there is nothing more yet; `nextCursor` is null then. */
export interface EventPage extends List<PublicEvent> {
  readonly position: string;
}
