import { open, type RootDatabase } from 'lmdb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';

type Key = [licenseId: string, ordinal: number];
type Filed = Omit<RecordedEvent, 'revision' | 'recordedAt' | 'position'> & {
  readonly revision: string;
  readonly recordedAtMs: number;
  readonly commit: string;
  readonly prepare: string;
};

const batch = 2_000;

/**
 * The log sorted by license, in a temporary file: so that the books of each license can be kept one after another in
 * little memory, whatever the length of the log.
 */
export class Spool {
  readonly #db: RootDatabase<Filed, Key>;
  #unwritten: [Key, Filed][] = [];
  #ordinal = 0;

  private constructor(private readonly folder: string) {
    this.#db = open({ path: join(folder, 'spool'), noSync: true });
  }

  /** @param parent where its temporary folder is made; it takes about as much space as the log */
  static open(parent = tmpdir()): Spool {
    return new Spool(mkdtempSync(join(parent, 'seat-ledger-verify-')));
  }

  add(licenseId: string, { revision, recordedAt, position, ...rest }: RecordedEvent): void {
    const filed = {
      ...rest,
      revision: `${revision}`,
      recordedAtMs: recordedAt.getTime(),
      commit: `${position.commit}`,
      prepare: `${position.prepare}`,
    };
    this.#unwritten.push([[licenseId, (this.#ordinal += 1)], filed]);
    if (this.#unwritten.length >= batch) this.flush();
  }

  flush(): void {
    const unwritten = this.#unwritten;
    this.#unwritten = [];
    this.#db.transactionSync(() => {
      for (const [key, filed] of unwritten) this.#db.putSync(key, filed);
    });
  }

  /** The licenses from an id on, in the order of their ids. */
  *licenses(from: string): Generator<string, void, undefined> {
    for (let start: Key = [from, 0]; ;) {
      const [key] = [...this.#db.getKeys({ start, limit: 1 })];
      if (key === undefined) return;
      yield key[0];
      start = [key[0], Number.MAX_SAFE_INTEGER];
    }
  }

  count(licenseId: string): number {
    return this.#db.getKeysCount({ start: [licenseId, 0], end: [licenseId, Number.MAX_SAFE_INTEGER] });
  }

  /** What was filed under a license, in the order of the log. */
  events(licenseId: string): RecordedEvent[] {
    const range = this.#db.getRange({ start: [licenseId, 0], end: [licenseId, Number.MAX_SAFE_INTEGER] });
    return [...range].map(({ value: { revision, recordedAtMs, commit, prepare, ...rest } }) => ({
      ...rest,
      revision: BigInt(revision),
      recordedAt: new Date(recordedAtMs),
      position: { commit: BigInt(commit), prepare: BigInt(prepare) },
    }));
  }

  async close(): Promise<void> {
    await this.#db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
