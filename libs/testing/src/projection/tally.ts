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

  async fold(events: readonly RecordedEvent[], db: Queryable, before: Fold | null): Promise<TallyFold> {
    const unwritten = before instanceof TallyFold ? before.changed : new Map<string, Tally>();
    const known = new Map([...this.#kept, ...unwritten]);
    for (const tally of await this.#load(events, known, db)) known.set(tally.stream, tally);
    const fold = new TallyFold(this.schema, (changed) => {
      for (const [stream, tally] of changed) this.#kept.set(stream, tally);
    });
    for (const event of events) fold.add(event, known, this.understands);
    return fold;
  }

  forget(): void {
    this.#kept.clear();
  }

  async #load(events: readonly RecordedEvent[], known: ReadonlyMap<string, Tally>, db: Queryable): Promise<Tally[]> {
    const streams = new Set(events.map(({ stream }) => stream).filter((stream) => !known.has(stream)));
    const { rows } = await db.query<Tally>(
      `SELECT stream, revision, total, note FROM ${this.schema}.tallies WHERE stream = ANY ($1)`,
      [[...streams]],
    );
    return rows;
  }
}

class TallyFold implements Fold {
  readonly changed = new Map<string, Tally>();
  readonly #failures = new Map<string, FoldFailure>();

  constructor(
    private readonly schema: string,
    private readonly kept: (changed: ReadonlyMap<string, Tally>) => void,
  ) {}

  get failures(): readonly FoldFailure[] {
    return [...this.#failures.values()];
  }

  add(event: RecordedEvent, known: ReadonlyMap<string, Tally>, understands: readonly string[]): void {
    const { stream } = event;
    if (this.#failures.has(stream)) return;
    const before = this.changed.get(stream) ?? known.get(stream) ?? { stream, revision: -1, total: 0, note: '' };
    const revision = Number(event.revision);
    if (revision <= before.revision) return;
    if (!understands.includes(event.type)) {
      this.#failures.set(stream, { event, reason: `what is ${event.type}?` });
      return;
    }
    const { amount, note = before.note } = event.data as { amount: number; note?: string };
    this.changed.set(stream, { stream, revision, total: before.total + amount, note });
  }

  write(transaction: Queryable): Promise<void> {
    return upsert.run(transaction, this.schema, this.changed.values());
  }

  keep(): void {
    this.kept(this.changed);
  }
}
