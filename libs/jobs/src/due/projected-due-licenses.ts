import type { Kysely } from 'kysely';
import type { Instant } from '#calendar';
import type { Tables } from '#read-model';
import { DueLicenses, type DueLicense } from './due-licenses.js';

/** Due licenses as the read model knows them. */
export class ProjectedDueLicenses extends DueLicenses {
  constructor(private readonly db: Kysely<Tables>) {
    super();
  }

  override async find(until: Instant, limit: number, after?: DueLicense): Promise<readonly DueLicense[]> {
    let query = this.db
      .selectFrom('licenses')
      .select(['license_id', 'next_due_at'])
      .where('next_due_at', '<=', until)
      .orderBy('next_due_at')
      .orderBy('license_id')
      .limit(limit);
    if (after !== undefined) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('next_due_at', 'license_id'), '>', tuple(after.dueAt, after.licenseId)),
      );
    }
    const rows = await query.execute();
    return rows.map((row) => ({ licenseId: row.license_id, dueAt: row.next_due_at ?? until }));
  }
}
