import type { Position } from '#event-store';
import type { Queryable } from './sql/pool.js';

/** How far a projection has come, and the stamp that a writer must know to move it. */
export interface Checkpoint {
  readonly position: Position | 'start';
  readonly epoch: number;
}

/** Another projector has written since the checkpoint was read: what was folded on it is void. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
  constructor(projection: string) {
    super(`another projector has moved the checkpoint of ${projection}`);
  }
}

export class CheckpointStore {
  constructor(
    private readonly schema: string,
    private readonly projection: string,
  ) {}

  /** The checkpoint, made if there is none. */
  async open(db: Queryable): Promise<Checkpoint> {
    await db.query(
      `INSERT INTO ${this.schema}.projection_checkpoints (projection) VALUES ($1) ON CONFLICT DO NOTHING`,
      [this.projection],
    );
    const found = await this.read(db);
    if (found === null) throw new Error(`the checkpoint of ${this.projection} was removed while it was opened`);
    return found;
  }

  async read(db: Queryable): Promise<Checkpoint | null> {
    const { rows } = await db.query<{ commit: string | null; prepare: string | null; epoch: string }>(
      `SELECT commit_position::text AS commit, prepare_position::text AS prepare, epoch::text AS epoch
       FROM ${this.schema}.projection_checkpoints WHERE projection = $1`,
      [this.projection],
    );
    const row = rows[0];
    if (row === undefined) return null;
    const { commit, prepare } = row;
    const position =
      commit === null || prepare === null ? 'start' : { commit: BigInt(commit), prepare: BigInt(prepare) };
    return { position, epoch: Number(row.epoch) };
  }

  /** Whether the projection has ever held all that the log had. */
  async isComplete(db: Queryable): Promise<boolean> {
    const { rows } = await db.query<{ complete: boolean }>(
      `SELECT completed_at IS NOT NULL AS complete FROM ${this.schema}.projection_checkpoints WHERE projection = $1`,
      [this.projection],
    );
    return rows[0]?.complete ?? false;
  }

  /** Notes that it does. Needs a checkpoint that was opened. */
  async complete(db: Queryable): Promise<void> {
    await db.query(
      `UPDATE ${this.schema}.projection_checkpoints SET completed_at = coalesce(completed_at, now()) WHERE projection = $1`,
      [this.projection],
    );
  }

  /**
   * Moves the checkpoint if it still is what `from` says, and holds it until the transaction ends: two projectors
   * never write at once.
   *
   * @throws CheckpointMoved
   */
  async move(transaction: Queryable, from: Checkpoint, to: Position | 'start'): Promise<Checkpoint> {
    const { rowCount } = await transaction.query(
      `UPDATE ${this.schema}.projection_checkpoints
       SET commit_position = $3, prepare_position = $4, epoch = epoch + 1, updated_at = now()
       WHERE projection = $1 AND epoch = $2
         AND commit_position IS NOT DISTINCT FROM $5 AND prepare_position IS NOT DISTINCT FROM $6`,
      [this.projection, from.epoch, ...columnsOf(to), ...columnsOf(from.position)],
    );
    if (rowCount !== 1) throw new CheckpointMoved(this.projection);
    return { position: to, epoch: from.epoch + 1 };
  }
}

function columnsOf(position: Position | 'start'): [string | null, string | null] {
  return position === 'start' ? [null, null] : [position.commit.toString(), position.prepare.toString()];
}
