import type { SeatChange } from '#contracts';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

/** `CONTENTION_CHANGES=2000` for the full size. */
const count = Number(process.env['CONTENTION_CHANGES'] ?? 500);

describe(`${count} changes to one license at once`, () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  it('are all decided, each on what the one before left', async () => {
    const license = await ledger.register('busy.example', { seats: 1 });
    await ledger.token({ role: 'admin' });
    const replies = await Promise.all(
      Array.from({ length: count }, (_, index) => ledger.post(`${license}/seat-changes`, { seats: index + 2 })),
    );
    expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
    const inOrder = replies
      .map(({ body, headers }) => ({
        ...(body as unknown as SeatChange),
        position: headers.get('ledger-position') ?? '',
      }))
      .sort((a, b) => a.revision - b.revision);
    expect(inOrder.map(({ revision }) => revision)).toEqual(inOrder.map((_, index) => index + 2));
    expect(inOrder.map(({ from }) => from)).toEqual([1, ...inOrder.slice(0, -1).map(({ to }) => to)]);

    const { to: seats, revision, position } = inOrder.at(-1)!;
    const { body } = await ledger.get(license, { headers: { 'ledger-min-position': position } });
    expect(body).toMatchObject({ seats, revision });
  }, 120_000);
});
