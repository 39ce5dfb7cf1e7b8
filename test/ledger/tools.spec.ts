import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreditEntry } from '#contracts';
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
    await ledger.post(`${license}/credits`, { amount: { amount: 500, currency: 'USD' }, reason: 'an outage' });
  }, 60_000);
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
  }, 60_000);

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
        /^2 entries of 1 licenses: every hash and every balance holds\nfingerprint [0-9a-f]{64}\n$/,
      ) as string,
    });
    write(entries.map((entry) => ({ ...entry, reason: 'no reason' })));
    const changed = await runCli(['verify-export', file]);
    expect(changed.code).toBe(1);
    expect(changed.output).toContain('line 1  ACME.EXAMPLE-C0001  its hash is not that of its content');
  });
});
