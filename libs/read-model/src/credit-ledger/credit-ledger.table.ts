import type { CreditEntry, CreditUse, ExplainedCreditComputation } from '#contracts';
import type { Columns, Migration, RowOf } from '#projection-engine';

export const creditColumns = {
  license_id: 'uuid',
  ordinal: 'int4',
  entry_id: 'text',
  kind: 'text',
  currency: 'text',
  amount_minor: 'int8',
  balance_after_minor: 'int8',
  effective_at: 'timestamptz',
  effective_on: 'date',
  recorded_at: 'timestamptz',
  change_id: 'uuid?',
  invoice_number: 'text?',
  reason: 'text?',
  computation: 'json?',
  grants_used: 'json',
  actor_id: 'text',
  actor_role: 'text',
  event_id: 'uuid',
  revision: 'int8',
  previous_hash: 'text?',
  hash: 'text',
} as const satisfies Columns;

type Integers = 'amount_minor' | 'balance_after_minor' | 'revision';

export interface CreditEntriesTable
  extends
    Omit<RowOf<typeof creditColumns>, 'kind' | 'computation' | 'grants_used' | Integers>,
    Readonly<Record<Integers, number>> {
  readonly kind: CreditEntry['kind'];
  readonly computation: ExplainedCreditComputation | null;
  readonly grants_used: readonly CreditUse[];
}

export const creditEntriesTable: Migration = {
  name: '0005-credit-entries',
  sql: `
    -- Every movement of a credit balance; rows are added and never changed.
    CREATE TABLE credit_entries (
      license_id uuid NOT NULL,
      -- 1 for the license's first entry, gapless.
      ordinal integer NOT NULL,
      entry_id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      currency text NOT NULL,
      amount_minor bigint NOT NULL,
      balance_after_minor bigint NOT NULL,
      effective_at timestamptz NOT NULL,
      -- The date in the license's time zone.
      effective_on date NOT NULL,
      recorded_at timestamptz NOT NULL,
      change_id uuid,
      invoice_number text COLLATE "C",
      reason text,
      -- From which figures a seat change's credit was computed.
      computation json,
      -- Which grants an entry that lowers the balance took from.
      grants_used json NOT NULL,
      -- Who asked for it.
      actor_id text NOT NULL,
      actor_role text NOT NULL,
      event_id uuid NOT NULL,
      revision bigint NOT NULL,
      -- SHA-256 over the entry and the hash of the one before it.
      previous_hash text,
      hash text NOT NULL,
      PRIMARY KEY (license_id, ordinal)
    );
    CREATE INDEX credit_entries_by_time ON credit_entries (effective_at, license_id, ordinal);
    -- The kinds that are few among the others.
    CREATE INDEX credit_entries_by_kind ON credit_entries (kind, effective_at, license_id, ordinal)
      WHERE kind IN ('goodwill', 'reversed');
  `,
};
