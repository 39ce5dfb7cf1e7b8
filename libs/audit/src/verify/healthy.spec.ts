import { logOf, verifyLedger, type Finding } from '#audit';
import { ledgerSchema } from '#read-model';
import { PlayedLedger, testDatabases, type TestDatabase } from '#testing';

/** The whole trial has a thousand; a run of all tests makes do with fewer. */
const customers = Number(process.env['LEDGER_VERIFY_LICENSES'] ?? 40);
const seed = Number(process.env['LEDGER_VERIFY_SEED'] ?? 20_260_601);

describe.each(testDatabases())('a healthy ledger on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: PlayedLedger;

  beforeAll(
    async () => {
      database = await open();
      ledger = await PlayedLedger.open(database.connectionString);
      await ledger.player.plan('team', '2000-01-01T00:00:00.000Z', 1_000);
      await ledger.player.plan('pro', '2000-01-01T00:00:00.000Z', 2_000);
      await ledger.player.customers(customers, seed);
      await ledger.player.close('2026-05');
      await ledger.player.plan('team', '2026-07-15T00:00:00.000Z', 1_099);
      await ledger.player.customers(Math.ceil(customers / 4), seed, 'late');
      await ledger.player.close('2026-06');
      await ledger.project();
    },
    60_000 + customers * 1_000,
  );
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  it(
    `of ${customers} licenses is verified in silence`,
    async () => {
      const findings: Finding[] = [];
      const { store, pool: db } = ledger;
      const log = logOf(store);
      const verified = await verifyLedger({
        log,
        db,
        schema: ledgerSchema,
        report: (finding) => findings.push(finding),
      });
      expect(findings).toEqual([]);
      expect(verified).toMatchObject({ licenses: customers + Math.ceil(customers / 4), findings: 0 });
      expect(verified.events).toBeGreaterThan(customers * 4);
    },
    60_000 + customers * 1_000,
  );

  it('is verified in silence while customers go on, and is projected meanwhile', async () => {
    const stop = ledger.follow();
    const { store, pool: db, player } = ledger;
    const log = logOf(store);
    let goOn = true;
    const going = (async () => {
      for (let round = 1; goOn; round += 1) await player.customers(10, seed + round, `round-${round}`);
    })();
    const findings: Finding[] = [];
    const report = (finding: Finding) => findings.push(finding);
    const rounds = [];
    for (let round = 0; round < 3; round += 1) {
      rounds.push(await verifyLedger({ log, db, schema: ledgerSchema, report, eventsAtOnce: 50 }));
    }
    goOn = false;
    await going;
    await stop();
    expect(findings).toEqual([]);
    expect(rounds[2]?.events).toBeGreaterThan(rounds[0]?.events ?? 0);
  }, 120_000);
});
