import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { CreditEntry } from '#contracts';
import { DataFolderLock } from '#platform';
import { ledgerSchema } from '#read-model';
import { runCli } from '../support/cli.js';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

describe('the command-line tools', () => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  let ledger: LedgerProcess;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(data, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    const license = await ledger.register('acme.example');
    await ledger.put('/v1/test-clock', { now: '2026-06-05T00:00:00Z' });
    await ledger.post(`${license}/seat-changes`, { seats: 48 });
    await ledger.post(`${license}/credits`, { amount: { amount: 500, currency: 'USD' }, reason: '=an outage' });
  }, 150_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  it('say what they find of a ledger that runs, and of the same one when it is stopped', async () => {
    const running = await runCli(['status', '--data', data, '--json']);
    expect(running).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(running.output)).toMatchObject({
      ok: true,
      schemas: [{ use: 'serves', complete: true, waiting: { events: 0 }, parkedStreams: 0 }],
      parked: [],
    });
    expect((await runCli(['release', '--data', data])).output).toBe('0 released, 0 parked as before\n');
    expect((await ledger.get('/v1/licenses')).status).toBe(200);

    await ledger.stop();
    const stopped = await runCli(['status', '--data', data]);
    expect(stopped).toMatchObject({ code: 0, errors: '' });
    expect(stopped.output).toContain('All is well.');
    ledger = await LedgerProcess.start(data, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
  }, 150_000);

  it('verify a ledger that runs, and name what is wrong with it', async () => {
    const sound = await runCli(['verify', '--data', data]);
    expect(sound).toMatchObject({ code: 0, errors: '' });
    expect(sound.output).toContain('every figure recomputes, every row is as the events have it');

    const client = new pg.Client({ connectionString: DataFolderLock.published(data)?.['readModel'] ?? '' });
    await client.connect();
    const spoil = `UPDATE ${ledgerSchema}.credit_entries SET amount_minor = amount_minor`;
    await client.query(`${spoil} + 1 WHERE ordinal = 1`);
    const spoilt = await runCli(['verify', '--data', data]);
    await client.query(`${spoil} - 1 WHERE ordinal = 1`);
    await client.end();
    expect(spoilt.code).toBe(1);
    expect(spoilt.output).toMatch(
      /^acme\.example {2}credit_entries\[1\]\.amount_minor is \d+, and should be \d+ {2}\(event [0-9a-f-]{36}, revision 2 of license-/,
    );
    expect(spoilt.output).toContain(': 1 faults');
  }, 150_000);

  it('give a verified ledger and its whole export one fingerprint', async () => {
    const { body } = await ledger.get<{ text: string }>('/v1/credits', { headers: { accept: 'text/csv' } });
    const file = join(folder.path, 'credits.csv');
    writeFileSync(file, body.text);
    const exported = await runCli(['verify-export', file]);
    expect(exported).toMatchObject({ code: 0, errors: '' });
    const fingerprint = /^fingerprint ([0-9a-f]{64})$/m.exec(exported.output)?.[1];
    const verified = await runCli(['verify', '--data', data]);
    expect(verified.output).toContain(`fingerprint of the credit ledger ${fingerprint}`);
  }, 150_000);

  it('say what to do where there is no ledger', async () => {
    const { code, errors } = await runCli(['status', '--data', join(folder.path, 'elsewhere')]);
    expect(code).toBe(2);
    expect(errors).toContain('There is no ledger in');
    expect(errors).toContain('--data or LEDGER_DATA_DIR');
  });

  it('check an export without the ledger', async () => {
    const entries = await ledger.all<CreditEntry>('/v1/credits');
    const file = join(folder.path, 'credits.ndjson');
    const write = (these: readonly CreditEntry[]) =>
      writeFileSync(file, these.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    write(entries);
    expect(await runCli(['verify-export', file])).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^2 entries of 1 license: every hash and every balance holds\nfingerprint [0-9a-f]{64}\n$/,
      ) as string,
    });
    write(entries.map((entry) => ({ ...entry, reason: 'no reason' })));
    const changed = await runCli(['verify-export', file]);
    expect(changed.code).toBe(1);
    expect(changed.output).toContain('line 1  ACME.EXAMPLE-C0001  its hash is not that of its content');
  });
});
