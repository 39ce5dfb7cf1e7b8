import { readdirSync } from 'node:fs';
import { LedgerProcess, runLedger, temporaryFolder } from '../support/ledger-process.js';

describe('the service as a process', () => {
  const folders: { path: string; remove(): void }[] = [];
  const running: LedgerProcess[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((ledger) => ledger.stop()));
    for (const folder of folders.splice(0)) folder.remove();
  });

  function newFolder(): string {
    const folder = temporaryFolder();
    folders.push(folder);
    return folder.path;
  }

  async function start(folder: string, env: Record<string, string> = {}): Promise<LedgerProcess> {
    const ledger = await LedgerProcess.start(folder, env);
    running.push(ledger);
    return ledger;
  }

  it('runs beside another copy, and keeps what is its own', async () => {
    const [one, other] = [await start(newFolder()), await start(newFolder())];
    const license = await one.register('acme.example');
    expect((await one.get(license)).status).toBe(200);
    expect((await other.get(license)).status).toBe(404);
    const foreign = { authorization: `Bearer ${await one.token({ role: 'admin' })}` };
    expect((await other.get('/v1/licenses', { headers: foreign })).status).toBe(401);
  }, 60_000);

  it('refuses a folder that another copy uses, and a port that is taken, in plain words', async () => {
    const folder = newFolder();
    const ledger = await start(folder);
    const second = await runLedger({ PORT: '0', LEDGER_DATA_DIR: folder });
    expect(second.code).toBe(1);
    expect(second.said).toContain('is in use by process');
    expect(second.said).toContain('LEDGER_DATA_DIR');
    const { port } = new URL(ledger.url);
    const taken = await runLedger({ PORT: port, LEDGER_DATA_DIR: newFolder() });
    expect(taken.code).toBe(1);
    expect(taken.said).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect((await ledger.get('/health/ready')).status).toBe(200);
  }, 60_000);

  it('does not start in production on settings for a trial, and names all that is wrong at once', async () => {
    const folder = newFolder();
    const { code, said } = await runLedger({
      NODE_ENV: 'production',
      LEDGER_DATA_DIR: folder,
      LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z',
      EVENTSTORE_CONNECTION_STRING: 'esdb://admin:changeit@events.example.com?tls=false',
      DATABASE_URL: 'postgres://ledger:hunter2@db.example.com/ledger',
    });
    expect(code).toBe(1);
    for (const variable of ['LEDGER_TEST_CLOCK', 'AUTH_JWKS_URL', 'LEDGER_SECRET', 'EVENTSTORE_', 'DATABASE_URL']) {
      expect(said).toContain(`\n  - ${variable}`);
    }
    expect(said).not.toMatch(/hunter2|changeit|\n +at /);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stops with 0 and nothing left behind, and gives the same answers when it is started again', async () => {
    const folder = newFolder();
    const ledger = await start(folder, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    const license = await ledger.register('acme.example');
    await ledger.post(`${license}/seat-changes`, { seats: 48 });
    await ledger.put('/v1/test-clock', { now: '2026-06-05T00:00:00Z' });
    const paths = ['/v1/test-clock', license, `${license}/credits`, `${license}/next-invoice`, '/v1/invoices'];
    const answers = (of: LedgerProcess) => Promise.all(paths.map(async (path) => (await of.get(path)).body));
    const before = await answers(ledger);
    const { children } = ledger;
    expect(children).toHaveLength(3);
    expect(await ledger.stop()).toBe(0);
    for (const pid of children) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const again = await start(folder, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    expect(await answers(again)).toEqual(before);
  }, 60_000);

  it('ends loudly when one of its children dies', async () => {
    const ledger = await start(newFolder());
    const [child = 0] = ledger.children;
    process.kill(child, 'SIGKILL');
    expect(await ledger.ended()).toBe(1);
    expect(ledger.said).toContain('ended on its own (SIGKILL)');
  }, 60_000);

  it('stops in order when nobody reads its words any more', async () => {
    const ledger = await start(newFolder(), { LOG_LEVEL: 'debug' });
    const { children } = ledger;
    ledger.stopReading();
    // Each request is a line in its log.
    await ledger.get('/health/live').catch(() => undefined);
    expect(await ledger.ended()).toBe(1);
    for (const pid of children) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  }, 60_000);

  it('answers what is under way before it stops', async () => {
    const ledger = await start(newFolder(), { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    const domains = Array.from({ length: 80 }, (_, index) => `many-${index}.example`);
    await Promise.all(domains.map((domain) => ledger.register(domain)));
    let isAnswered = false;
    const moving = ledger.put('/v1/test-clock', { now: '2026-07-01T00:00:00Z' }).finally(() => (isAnswered = true));
    // They become past due on the 9th, and expire on the 16th: the clock is on its way.
    await until(async () => String((await ledger.get('/v1/test-clock')).body['now']) >= '2026-06-09');
    expect(isAnswered).toBe(false);
    const code = ledger.stop();
    expect((await moving).status).toBe(200);
    expect(await code).toBe(0);
  }, 60_000);
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition()));
}
