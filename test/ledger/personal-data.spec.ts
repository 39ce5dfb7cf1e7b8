import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { License, Staff } from '#contracts';
import { licenseIdOf } from '#license';
import { runCli } from '../support/cli.js';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { filesWith } from '../support/search-files.js';

const quilla = { staffId: 's1', email: 'quilla@quillfeather.example', name: 'Quilla Quillfeather', role: 'agent' };
const thorn = { staffId: 's2', email: 'thorn@thornapple.example', name: 'Thorn Thornapple', role: 'admin' };
const wisp = { staffId: 's3', email: 'wisp@willowisp.example', name: 'Wisp Willowisp', role: 'agent' };
const traces = ['quillfeather', 'Quillfeather', 'thornapple', 'Thornapple', 'willowisp', 'Willowisp'];

describe('the staff of a license', () => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const keyFile = (domain: string) => join(data, 'personal-data-keys', `${licenseIdOf(domain)}.json`);
  const backup = join(folder.path, 'keys-backup.json');
  let ledger: LedgerProcess;
  let acme: string;
  let other: string;
  let ledgersSaid = '';

  const start = async () => {
    ledger = await LedgerProcess.start(data, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z', LOG_LEVEL: 'debug' });
  };
  const stop = async () => {
    await ledger.stop();
    ledgersSaid += ledger.said;
  };
  const named = async (license: string) =>
    (await ledger.all<Staff>(`${license}/staff`)).map(({ staffId, email, name }) => [staffId, email, name]);
  const verified = async () => {
    const { code, output, errors } = await runCli(['verify', '--data', data]);
    if (code !== 0) throw new Error(output + errors);
    return output;
  };

  beforeAll(async () => {
    await start();
    acme = await ledger.register('acme.example');
    other = await ledger.register('other.example');
    await ledger.post(`${acme}/staff`, quilla, { key: 'add' });
    await ledger.post(`${acme}/staff`, thorn);
    await ledger.post(`${acme}/staff/s2/remove`);
    await ledger.post(`${other}/staff`, wisp);
    // What is refused, and why, is no way into a log either.
    await ledger.post(`${acme}/staff`, { ...quilla, role: 'owner' });
    await ledger.post(`${acme}/staff`, quilla);
  }, 150_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  it('are told by name, and are in no file by name', async () => {
    expect(await named(acme)).toEqual([
      ['s1', quilla.email, quilla.name],
      ['s2', thorn.email, thorn.name],
    ]);
    expect(filesWith(data, traces)).toEqual([]);
    // The search does find what is there.
    expect(filesWith(join(data, 'event-store'), ['billing@acme.example'])).not.toEqual([]);
    expect(filesWith(join(data, 'read-model'), ['billing@acme.example'])).not.toEqual([]);
    expect(await verified()).toContain('every figure recomputes');
  }, 150_000);

  it('are nobody once they are erased, and what they were is left', async () => {
    copyFileSync(keyFile('acme.example'), backup);
    const before = (await ledger.get<License>(acme)).body;
    const erasure = await ledger.ask('DELETE', `${acme}/personal-data`, undefined, { key: 'erase' });
    expect(erasure).toMatchObject({ status: 200, body: { erasedStaff: 2, revision: before.revision + 1 } });
    expect((await ledger.ask('DELETE', `${acme}/personal-data`, undefined, { key: 'erase' })).body).toEqual(
      erasure.body,
    );
    expect(JSON.parse(readFileSync(keyFile('acme.example'), 'utf8'))).toEqual({ 1: null });

    const gone = [
      ['s1', null, 'erased'],
      ['s2', null, 'erased'],
    ];
    expect(await named(acme)).toEqual(gone);
    const csv = await ledger.get<{ text: string }>(`${acme}/staff`, { headers: { accept: 'text/csv' } });
    expect(csv.body.text).toContain(',s1,,erased,agent,active');
    expect((await ledger.post(`${acme}/staff`, quilla, { key: 'add' })).body).toMatchObject({ email: null });
    const { revision: _, ...after } = (await ledger.get<License>(acme)).body;
    expect({ ...after, revision: before.revision }).toEqual({
      ...before,
      personalDataErasedAt: '2026-06-01T09:00:00.000Z',
    });
    expect(await named(other)).toEqual([['s3', wisp.email, wisp.name]]);
    expect(await verified()).toContain('every figure recomputes');
  }, 150_000);

  it('are the same when the read model is built again', async () => {
    await ledger.post(`${acme}/staff`, { ...thorn, staffId: 's4' });
    const before = [await named(acme), await named(other)];
    const rebuilt = await runCli(['rebuild', '--data', data]);
    expect(rebuilt).toMatchObject({ code: 0, errors: '' });
    expect([await named(acme), await named(other)]).toEqual(before);
    expect(before[0]?.at(-1)).toEqual(['s4', thorn.email, thorn.name]);
  }, 150_000);

  it('stay nobody after a restart, also when a backup has brought their key back', async () => {
    await stop();
    const newer = (JSON.parse(readFileSync(keyFile('acme.example'), 'utf8')) as Record<string, string>)[2];
    const restored = { ...(JSON.parse(readFileSync(backup, 'utf8')) as object), 2: newer };
    expect(restored).toEqual({ 1: expect.any(String) as string, 2: expect.any(String) as string });
    writeKeys(restored);
    await start();
    await keysAre({ 1: null, 2: newer });
    expect((await named(acme)).map(([, , name]) => name)).toEqual(['erased', 'erased', thorn.name]);
    expect(await named(other)).toEqual([['s3', wisp.email, wisp.name]]);
    expect(await verified()).toContain('every figure recomputes');
  }, 150_000);

  it('have left no trace in files or in what the service said', async () => {
    await stop();
    expect(filesWith(folder.path, traces)).toEqual([]);
    for (const trace of traces) expect(ledgersSaid).not.toContain(trace);
    expect(readdirSync(join(data, 'personal-data-keys'))).toHaveLength(2);
  });

  function writeKeys(keys: object): void {
    writeFileSync(keyFile('acme.example'), JSON.stringify(keys));
  }

  /** The worker looks at its start; it is given some seconds. */
  async function keysAre(keys: object): Promise<void> {
    const deadline = Date.now() + 20_000;
    const read = () => JSON.parse(readFileSync(keyFile('acme.example'), 'utf8')) as unknown;
    while (JSON.stringify(read()) !== JSON.stringify(keys) && Date.now() < deadline) await sleep(50);
    expect(read()).toEqual(keys);
  }
});
