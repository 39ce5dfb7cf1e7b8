import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isDatabaseOutage } from '#projection-engine';

/**
 * The pool for Kysely, which gives every connection back as good: one on which a statement was left unanswered is closed
 * instead, for it would keep the next ones waiting behind that.
 */
export function closingUnanswered(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let isUnanswered = false;
      const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
        try {
          return await client.query(sql, [...parameters]);
        } catch (error) {
          isUnanswered ||= isDatabaseOutage(error);
          throw error;
        }
      };
      return {
        query: query as PostgresPoolClient['query'],
        release: (destroy = false) => client.release(destroy || isUnanswered),
      };
    },
  };
}
