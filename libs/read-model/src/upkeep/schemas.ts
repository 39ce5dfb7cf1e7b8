import type { Queryable } from '#projection-engine';
import { ledgerSchema } from '../ledger/ledger-projection.js';

/** Where a version is filled anew beside the one that serves. */
export const rebuildSchema = `${ledgerSchema}_rebuild`;

/** What has served until it was replaced, for the moment that it takes to drop it. */
export const retiredSchema = `${ledgerSchema}_retired`;

/**
 * What a schema of the read model is to this program. `serves`: its queries read it. `rebuild`: it is being filled to
 * take that one's place. `other`: a program of another version reads it, or none any more.
 */
export type SchemaUse = 'serves' | 'rebuild' | 'other';

export interface LedgerSchema {
  readonly name: string;
  readonly use: SchemaUse;
}

/** Every schema that holds rows of the ledger, of whatever version. */
export async function ledgerSchemas(db: Queryable): Promise<LedgerSchema[]> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT table_schema AS name FROM information_schema.tables
     WHERE table_schema ~ '^ledger_v[0-9]+(_rebuild)?$' AND table_name = 'projection_checkpoints' ORDER BY table_schema`,
  );
  return rows.map(({ name }) => ({ name, use: useOf(name) }));
}

function useOf(name: string): SchemaUse {
  if (name === ledgerSchema) return 'serves';
  return name === rebuildSchema ? 'rebuild' : 'other';
}
