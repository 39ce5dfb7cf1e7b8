import { Injectable } from '@nestjs/common';
import { sql, type Transaction } from 'kysely';
import type { Instant } from '#calendar';
import { eventSequence } from '#contracts';
import { encodePosition, ProblemException } from '#http';
import { licenseStreamPrefix } from '#license';
import { Clock } from '#platform';
import type { Tables } from '../../database.js';
import { ledgerProjectionName } from '../../ledger/ledger-projection.js';
import { countUnsettled, noneUnsettled } from '../../propagation/unsettled.js';
import { ReadModel } from '../../read-model.js';
import { licenseAnswer } from '../license-answer.js';
import { Spool } from './spool.js';

/** Every license as it stood at one place in the log. */
export interface LicenseSnapshot {
  /** Where to go on: the events after it are those that the licenses do not hold yet. A word that the feed takes. */
  readonly position: string;
  /** A line with the position, and one for each license. */
  readonly lines: Spool;
}

const rowsAtOnce = 500;
const before = '00000000-0000-0000-0000-000000000000';

/**
 * Takes snapshots, one at a time. Rows and checkpoint are read in one transaction, into a file: it takes as long as the
 * database takes, and never waits for the consumer.
 */
@Injectable()
export class LicenseSnapshots {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemException `read-model-behind` while a license is parked: its row lacks events before the position */
  take(): Promise<LicenseSnapshot> {
    const taking = this.#turn.then(() => this.#take());
    this.#turn = taking.catch(() => undefined);
    return taking;
  }

  async #take(): Promise<LicenseSnapshot> {
    const lines = await Spool.open();
    try {
      return await this.readModel.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (transaction) => {
          await refuseParked(transaction);
          const position = await checkpointOf(transaction);
          await lines.append(`${JSON.stringify({ position })}\n`);
          await write(transaction, lines, this.clock.now());
          return { position, lines };
        });
    } catch (error) {
      await lines.close();
      throw error;
    }
  }
}

async function refuseParked(transaction: Transaction<Tables>): Promise<void> {
  const parked = await transaction
    .selectFrom('parked_streams')
    .select('stream')
    .where('stream', 'like', `${licenseStreamPrefix}%`)
    .limit(1)
    .executeTakeFirst();
  if (parked === undefined) return;
  const detail = 'A license waits for a repair of the read model, and a snapshot would lack some of its events.';
  throw new ProblemException('read-model-behind', detail, {}, { 'retry-after': '60' });
}

async function checkpointOf(transaction: Transaction<Tables>): Promise<string> {
  const row = await transaction
    .selectFrom('projection_checkpoints')
    .select([
      sql<string | null>`commit_position::text`.as('commit'),
      sql<string | null>`prepare_position::text`.as('prepare'),
    ])
    .where('projection', '=', ledgerProjectionName)
    .executeTakeFirst();
  if (row?.commit == null || row.prepare === null) return 'start';
  return encodePosition({ commit: BigInt(row.commit), prepare: BigInt(row.prepare) });
}

async function write(transaction: Transaction<Tables>, lines: Spool, now: Instant): Promise<void> {
  let after = before;
  for (;;) {
    const rows = await transaction
      .selectFrom('licenses')
      .select(['license_id', 'state', 'revision'])
      .where('license_id', '>', after)
      .orderBy('license_id')
      .limit(rowsAtOnce)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    const unsettled = await countUnsettled(
      transaction,
      rows.map((row) => row.license_id),
    );
    const licenses = rows.map((row) => ({
      ...licenseAnswer(row, unsettled.get(row.license_id) ?? noneUnsettled, now),
      sequence: eventSequence(row.revision + 1),
    }));
    await lines.append(licenses.map((license) => `${JSON.stringify(license)}\n`).join(''));
    after = last.license_id;
  }
}
