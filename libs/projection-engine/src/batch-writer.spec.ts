import type pg from 'pg';
import type { Position } from '#event-store';
import { BatchWriter, CheckpointMoved, migrate, openPool, ParkingStore, projectorTables } from '#projection-engine';
import { breakingPool, TallyProjection, tallyTable, testDatabases, TestLog, type TestDatabase } from '#testing';

describe.each(testDatabases())('BatchWriter on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let schema: string;
  let schemas = 0;
  let log: TestLog;

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 4 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(async () => {
    schema = `spec_${(schemas += 1)}`;
    await migrate(pool, schema, [projectorTables, tallyTable]);
    log = new TestLog();
  });

  const add = (stream: string, amount: number, note?: string) =>
    log.append(`tally-${stream}`, { type: 'Added', data: { amount, note } });
  const writer = (projection = new TallyProjection(schema)) => BatchWriter.open(pool, projection);
  const writeAll = async (to: BatchWriter, size = 4) => {
    for (const batch of log.batches(size, to.position)) await to.write(batch);
  };
  const totals = async () => {
    const { rows } = await pool.query<{ stream: string; total: number }>(
      `SELECT stream, total FROM ${schema}.tallies ORDER BY stream`,
    );
    return Object.fromEntries(rows.map(({ stream, total }) => [stream.slice('tally-'.length), total]));
  };
  const parked = async () =>
    (await new ParkingStore(schema).list(pool, 10)).map(({ stream, eventType, revision, reason }) => ({
      stream,
      eventType,
      revision,
      reason,
    }));
  const rewind = () =>
    pool.query(`UPDATE ${schema}.projection_checkpoints SET commit_position = NULL, prepare_position = NULL`);

  it('takes up where the last writer stopped', async () => {
    for (let n = 1; n <= 10; n += 1) add(n % 2 === 0 ? 'even' : 'odd', n);
    await writeAll(await writer());
    expect(await totals()).toEqual({ even: 30, odd: 25 });

    add('even', 12);
    const next = await writer();
    expect(next.position).toEqual(log.events[9]?.position);
    await writeAll(next);
    expect(await totals()).toEqual({ even: 42, odd: 25 });
  });

  it('changes nothing when the log is projected again', async () => {
    for (let n = 1; n <= 10; n += 1) add(n % 2 === 0 ? 'even' : 'odd', n);
    await writeAll(await writer());
    await rewind();
    await writeAll(await writer(), 3);
    expect(await totals()).toEqual({ even: 30, odd: 25 });
  });

  it('writes rows and checkpoint together or not at all', async () => {
    add('a', 1);
    await writeAll(await writer());
    add('a', 10);
    let cut = true;
    const broken = breakingPool(pool, (sql) => cut && sql === 'COMMIT');
    const projection = new TallyProjection(schema);
    const cutOff = await BatchWriter.open(broken, projection);
    await expect(writeAll(cutOff)).rejects.toThrow();
    expect(await totals()).toEqual({ a: 1 });
    expect((await writer()).position).toEqual(log.events[0]?.position);

    cut = false;
    await writeAll(await BatchWriter.open(broken, projection));
    expect(await totals()).toEqual({ a: 11 });
  });

  it('gives way to a writer that was faster', async () => {
    add('a', 1);
    const [first, second] = [await writer(), await writer()];
    await writeAll(first);
    await expect(writeAll(second)).rejects.toThrow(CheckpointMoved);
    expect(await totals()).toEqual({ a: 1 });
  });

  it('lets one of two writers through that write at the same time', async () => {
    add('a', 1);
    const both = await Promise.allSettled([await writer(), await writer()].map((each) => writeAll(each)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await totals()).toEqual({ a: 1 });
  });

  describe('parks', () => {
    it('a stream from the event on that can not be taken, with every later one, while others go on', async () => {
      add('good', 1);
      add('bad', 1);
      log.append('tally-bad', { type: 'Doubled', data: { amount: 1 } });
      add('bad', 5);
      add('good', 2);
      const first = await writer();
      const [batch] = log.batches(10);
      const { failures } = await first.write(batch!);
      expect(failures.map(({ event, reason }) => [event.stream, reason])).toEqual([['tally-bad', 'what is Doubled?']]);
      add('bad', 7);
      add('good', 3);
      await writeAll(first);
      expect(await totals()).toEqual({ good: 6, bad: 1 });
      expect(await parked()).toEqual([
        { stream: 'tally-bad', eventType: 'Doubled', revision: '1', reason: 'what is Doubled?' },
      ]);
      expect((await writer()).parkedStreams).toBe(1);
    });

    it('what the database refuses, and only that', async () => {
      for (let n = 0; n < 9; n += 1) add(`s${n}`, n);
      add('s3', 1, 'refused');
      add('s7', 1, 'a\0b');
      await writeAll(await writer(), 20);
      expect(await totals()).toEqual({ s0: 0, s1: 1, s2: 2, s4: 4, s5: 5, s6: 6, s8: 8 });
      const reasons = await parked();
      expect(reasons.map(({ stream }) => stream).sort()).toEqual(['tally-s3', 'tally-s7']);
      expect(reasons.map(({ reason }) => reason).join()).toContain('check constraint');
    });

    it('nothing when the database itself fails', async () => {
      add('a', 1);
      const broken = breakingPool(pool, (sql) => sql.startsWith('INSERT'));
      const cutOff = await BatchWriter.open(pool, new TallyProjection(schema));
      const failing = await BatchWriter.open(broken, new TallyProjection(schema));
      await expect(writeAll(failing)).rejects.toThrow();
      expect(await parked()).toEqual([]);
      await writeAll(cutOff);
      expect(await totals()).toEqual({ a: 1 });
    });

    it('until a program comes that understands it', async () => {
      add('bad', 1);
      log.append('tally-bad', { type: 'Doubled', data: { amount: 10 } });
      for (let n = 0; n < 5; n += 1) add('bad', 100);
      log.append('tally-bad', { type: 'Halved', data: { amount: 1_000 } });
      add('bad', 10_000);
      await writeAll(await writer());
      expect(await totals()).toEqual({ bad: 1 });

      const better = await writer(new TallyProjection(schema, ['Added', 'Doubled']));
      expect(await better.retryParked(2)).toBe(0);
      expect(await totals()).toEqual({ bad: 511 });
      expect(await parked()).toMatchObject([{ eventType: 'Halved', revision: '7' }]);

      const best = await writer(new TallyProjection(schema, ['Added', 'Doubled', 'Halved']));
      expect(await best.retryParked(2)).toBe(1);
      expect(best.parkedStreams).toBe(0);
      add('bad', 100_000);
      await writeAll(best);
      expect(await totals()).toEqual({ bad: 111_511 });
      expect(await parked()).toEqual([]);
    });
  });

  describe('prepares a batch while the one before is not written', () => {
    /** Cuts the log into two batches; the second is prepared before the first is written. */
    const pipe = async (one: BatchWriter, size: number, between: () => Promise<unknown> = () => Promise.resolve()) => {
      const [first, second] = [...log.batches(size, one.position)];
      const before = await one.prepare(first!);
      const after = await one.prepare(second!, before);
      await one.commit(before);
      await between();
      await one.commit(after);
    };

    it('and folds it on top', async () => {
      for (let n = 1; n <= 4; n += 1) add('a', n);
      await pipe(await writer(), 2);
      expect(await totals()).toEqual({ a: 10 });
    });

    it('and parks what follows an event that could not be taken', async () => {
      add('a', 1);
      log.append('tally-a', { type: 'Doubled', data: { amount: 1 } });
      add('a', 2);
      add('b', 3);
      const one = await writer();
      await pipe(one, 2);
      expect(await totals()).toEqual({ a: 1, b: 3 });
      expect(await (await writer(new TallyProjection(schema, ['Added', 'Doubled']))).retryParked()).toBe(1);
      expect(await totals()).toEqual({ a: 4, b: 3 });
    });

    it('and prepares it anew when the database then refuses a part of the first', async () => {
      add('a', 1, 'refused');
      add('b', 2);
      add('a', 3, 'fine');
      add('b', 4);
      await pipe(await writer(), 2);
      expect(await totals()).toEqual({ b: 6 });
      expect(await parked()).toMatchObject([{ stream: 'tally-a', revision: '0' }]);
    });

    it('and prepares it anew when a parked stream is freed in between', async () => {
      add('a', 1, 'refused');
      await writeAll(await writer());
      add('b', 1);
      add('a', 10);
      const one = await writer();
      const freeing = async () => {
        await pool.query(`ALTER TABLE ${schema}.tallies DROP CONSTRAINT tallies_note_check`);
        expect(await one.retryParked()).toBe(1);
      };
      await pipe(one, 1, freeing);
      expect(await totals()).toEqual({ a: 11, b: 1 });
      expect(await parked()).toEqual([]);
    });
  });

  it('keeps positions beyond what a number holds', async () => {
    const far: Position = { commit: 2n ** 62n + 1n, prepare: 2n ** 62n };
    const event = add('a', 1);
    await (await writer()).write({ events: [event], checkpoint: far, caughtUp: true });
    expect((await writer()).position).toEqual(far);
  });
});
