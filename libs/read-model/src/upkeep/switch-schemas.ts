import type pg from 'pg';
import { comparePositions, type EventStore, type Position, type RecordedEvent } from '#event-store';
import { BatchWriter, CheckpointStore, inTransaction, nestedPool } from '#projection-engine';
import { LedgerProjection, ledgerProjectionName, projectedPrefixes } from '../ledger/ledger-projection.js';
import type { SchemaComparison, SchemaDifference, SchemaPair } from './compare-schemas.js';

/** One schema is too far ahead of the other to be brought level while everybody waits. */
export class TooFarApart extends Error {
  override readonly name = 'TooFarApart';
  constructor() {
    super('the rebuilt rows are too far from those that serve');
  }
}

export interface Switch extends SchemaPair {
  /** What the schema that served is called from then on. */
  readonly retired: string;
  readonly comparison: SchemaComparison;
  /** The licenses that differed when they were compared last. */
  readonly suspects: readonly string[];
  /** Takes the rebuilt rows, though they differ. */
  readonly accept: boolean;
}

/** Events that the one behind may lack: a fraction of a second of the projector. */
const distanceMax = 2_000;

/**
 * Lets the rebuilt rows serve in place of the others, in one transaction: whoever asks before its end is answered from
 * the old ones, and afterwards from the new ones, which are exactly as far.
 *
 * The projector of the old rows waits meanwhile; then it finds that the checkpoint is another one, forgets what it holds
 * in memory, and goes on from there. Nobody else has to notice anything.
 *
 * @returns the differences that are left; where there are any and they are not accepted, nothing has changed
 * @throws TooFarApart when the two have to come closer first
 */
export async function switchSchemas(pool: pg.Pool, store: EventStore, what: Switch): Promise<SchemaDifference[]> {
  const { serving, rebuilt, retired, comparison, suspects, accept } = what;
  try {
    return await inTransaction(pool, async (transaction) => {
      await outdate(transaction, serving);
      await bringLevel(transaction, store, what);
      const differences = [
        // What is accepted need not be looked through while everybody waits.
        ...(await comparison.ofLicenses(transaction, accept ? [] : suspects)),
        ...(await comparison.ofRest(transaction)),
      ];
      if (differences.length > 0 && !accept) throw new Differing(differences);
      await transaction.query(
        `UPDATE ${rebuilt}.projection_checkpoints
         SET epoch = (SELECT epoch + 1 FROM ${serving}.projection_checkpoints WHERE projection = $1),
           completed_at = now()
         WHERE projection = $1`,
        [ledgerProjectionName],
      );
      await transaction.query(`ALTER SCHEMA ${serving} RENAME TO ${retired}`);
      await transaction.query(`ALTER SCHEMA ${rebuilt} RENAME TO ${serving}`);
      return differences;
    });
  } catch (error) {
    if (error instanceof Differing) return error.differences;
    throw error;
  }
}

class Differing extends Error {
  constructor(readonly differences: SchemaDifference[]) {
    super('the rebuilt rows differ');
  }
}

/**
 * Holds the projector back, and makes what it has in hand void: also of one that waits for this very row, and will go
 * on when the names have changed.
 */
async function outdate(transaction: pg.PoolClient, schema: string): Promise<void> {
  await transaction.query(`UPDATE ${schema}.projection_checkpoints SET epoch = epoch + 1 WHERE projection = $1`, [
    ledgerProjectionName,
  ]);
}

/** Projects, within the transaction, what one of the two schemas lacks of the other. */
async function bringLevel(transaction: pg.PoolClient, store: EventStore, { serving, rebuilt }: SchemaPair) {
  const [one, other] = [await positionOf(transaction, serving), await positionOf(transaction, rebuilt)];
  if (isBefore(one, other)) await advance(transaction, store, serving, other);
  else if (isBefore(other, one)) await advance(transaction, store, rebuilt, one);
}

type Place = Position | 'start';

async function positionOf(db: pg.PoolClient, schema: string): Promise<Place> {
  return (await new CheckpointStore(schema, ledgerProjectionName).read(db))?.position ?? 'start';
}

async function advance(transaction: pg.PoolClient, store: EventStore, schema: string, to: Place): Promise<void> {
  if (to === 'start') return;
  const writer = await BatchWriter.open(nestedPool(transaction), new LedgerProjection(schema));
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll({ after: writer.position, prefixes: projectedPrefixes })) {
    if (comparePositions(event.position, to) > 0) break;
    if (events.push(event) > distanceMax) throw new TooFarApart();
  }
  await writer.write({ events, checkpoint: to, caughtUp: false });
}

function isBefore(place: Place, other: Place): boolean {
  if (other === 'start') return false;
  return place === 'start' || comparePositions(place, other) < 0;
}
