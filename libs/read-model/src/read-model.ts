import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type pg from 'pg';
import { scopeOf, type Principal } from '#auth';
import { notFound } from '#http';
import { licenseIdOf } from '#license';
import { readModelOver, type Tables } from './database.js';
import type { CustomerFilters } from './customer-filters.dto.js';
import type { LicensesTable } from './licenses/licenses.table.js';

/** The rows that queries read, and who may see which of them. Provided by the application. */
export class ReadModel {
  readonly db: Kysely<Tables>;

  constructor(
    pool: pg.Pool,
    private readonly schema: string,
  ) {
    this.db = readModelOver(pool, schema);
  }

  /** A table's qualified name, for statements that are written out. */
  table(name: keyof Tables): RawBuilder<unknown> {
    return sql.table(`${this.schema}.${name}`);
  }

  /** The condition on a table's `license_id` that leaves the rows which the principal may see. */
  visibleTo(principal: Principal): RawBuilder<SqlBool> {
    const { billingEmail, domain } = scopeOf(principal);
    return this.ofCustomer({
      ...(billingEmail !== undefined && { billingEmail }),
      ...(domain !== undefined && { domain }),
    });
  }

  /** The condition on a table's `license_id` that leaves the rows of the customer who is asked for. */
  ofCustomer({ licenseId, domain, billingEmail }: CustomerFilters): RawBuilder<SqlBool> {
    const conditions = [
      ...(licenseId === undefined ? [] : [sql`license_id = ${licenseId}`]),
      ...(domain === undefined ? [] : [sql`license_id = ${licenseIdOf(domain)}`]),
      ...(billingEmail === undefined ? [] : [this.#billedTo(billingEmail.toLowerCase())]),
    ];
    return all(conditions);
  }

  /** @throws ProblemException `not-found`, also when there is the license but not for this principal. */
  async license(licenseId: string, principal: Principal): Promise<LicensesTable> {
    const row = await this.db
      .selectFrom('licenses')
      .selectAll()
      .where('license_id', '=', licenseId)
      .where(this.visibleTo(principal))
      .executeTakeFirst();
    if (row === undefined) throw notFound('There is no such license.');
    return row;
  }

  #billedTo(billingEmail: string): RawBuilder<unknown> {
    return sql`license_id IN (SELECT license_id FROM ${this.table('licenses')} WHERE billing_email = ${billingEmail})`;
  }
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<SqlBool> {
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` AND `)}`;
}
