import type { RecordedEvent } from '#event-store';
import {
  bulkUpsert,
  type Fold,
  type FoldFailure,
  type Migration,
  type Projection,
  type Queryable,
} from '#projection-engine';

interface Tally {
  readonly stream: string;
  readonly revision: number;
  readonly total: number;
  readonly note: string;
}

/** Rows in which an event that is applied twice, or left out, shows. */
export const tallyTable: Migration = {
  name: '0001-tallies',
  sql: `CREATE TABLE tallies (
    stream text COLLATE "C" PRIMARY KEY,
    revision bigint NOT NULL,
    total bigint NOT NULL,
    note text NOT NULL CHECK (note <> 'refused')
  )`,
};

const upsert = bulkUpsert('tallies', { stream: 'text', revision: 'int8', total: 'int8', note: 'text' }, ['stream']);

/** The smallest projection with a memory: adds up each stream's `Added`. Any other type of event it can't take. */
export class TallyProjection implements Projection {
  readonly name = 'tally';
  readonly version = 1;
  readonly prefixes = ['tally-'];
  readonly #kept = new Map<string, Tally>();

  constructor(
    readonly schema: string,
    private readonly understands: readonly string[] = ['Added'],
  ) {}

  async fold(events: readonly RecordedEvent[], db: Queryable): Promise<Fold> {
    const tallies = await this.#load(events, db);
    const changed = new Map<string, Tally>();
    const failures = new Map<string, FoldFailure>();
    for (const event of events) {
      const { stream } = event;
      if (failures.has(stream)) continue;
      const before = changed.get(stream) ?? tallies.get(stream) ?? { stream, revision: -1, total: 0, note: '' };
      const revision = Number(event.revision);
      if (revision <= before.revision) continue;
      if (!this.understands.includes(event.type)) failures.set(stream, { event, reason: `what is ${event.type}?` });
      else {
        const { amount, note = before.note } = event.data as { amount: number; note?: string };
        changed.set(stream, { stream, revision, total: before.total + amount, note });
      }
    }
    return {
      failures: [...failures.values()],
      write: (transaction) => upsert.run(transaction, this.schema, changed.values()),
      keep: () => {
        for (const [stream, tally] of changed) this.#kept.set(stream, tally);
      },
    };
  }

  forget(): void {
    this.#kept.clear();
  }

  async #load(events: readonly RecordedEvent[], db: Queryable): Promise<Map<string, Tally>> {
    const streams = [...new Set(events.map(({ stream }) => stream))];
    const { rows } = await db.query<Tally>(
      `SELECT stream, revision, total, note FROM ${this.schema}.tallies WHERE stream = ANY ($1)`,
      [streams.filter((stream) => !this.#kept.has(stream))],
    );
    return new Map([...this.#kept, ...rows.map((row) => [row.stream, row] as const)]);
  }
}
