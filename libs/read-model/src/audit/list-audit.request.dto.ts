import type { Instant } from '#calendar';
import { PageQuery } from '#http';
import { MomentFilter, TextFilter, UuidFilter } from '../filters.js';

export class ListAuditRequest extends PageQuery {
  /** Who brought the event about: the subject of a token, or `service-key:<keyId>`. */
  @TextFilter(255)
  actor?: string;

  @UuidFilter()
  licenseId?: string;

  /** The type of the event, such as `SeatsReduced`. */
  @TextFilter(100)
  type?: string;

  /** Recorded at this moment or later; a date means its first moment in UTC. */
  @MomentFilter('first')
  from?: Instant;

  /** Recorded at this moment or earlier; a date means its last moment in UTC. */
  @MomentFilter('last')
  to?: Instant;
}
