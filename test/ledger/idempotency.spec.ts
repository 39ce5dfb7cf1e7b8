import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

describe('an idempotency key', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let license: string;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path);
    license = await ledger.register('acme.example');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const change = (seats: number, key: string) => ledger.post(`${license}/seat-changes`, { seats }, { key });

  it('makes one change of 50 equal requests at once, and of another after a restart', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => change(48, 'key-1')));
    const [first] = replies;
    expect(first?.status).toBe(201);
    for (const { status, body, headers } of replies) {
      expect([status, body]).toEqual([first?.status, first?.body]);
      expect(headers.get('etag')).toBe('"2"');
    }
    expect((await ledger.get(license)).body).toMatchObject({ seats: 48, revision: 2 });

    await ledger.stop();
    ledger = await LedgerProcess.start(folder.path);
    const again = await change(48, 'key-1');
    expect([again.status, again.body]).toEqual([first?.status, first?.body]);
    expect((await ledger.get(license)).body).toMatchObject({ seats: 48, revision: 2 });
  }, 60_000);

  it('is refused with another body, also to 50 at once of which one wins', async () => {
    expect(await change(47, 'key-1')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => change(50 + index, 'key-2')));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(49).fill(422)]);
  });

  it('belongs to its license', async () => {
    const other = await ledger.register('other.example');
    const { status } = await ledger.post(`${other}/seat-changes`, { seats: 48 }, { key: 'key-1' });
    expect(status).toBe(201);
  });
});
