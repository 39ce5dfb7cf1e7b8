import type { License, List, Quote, SeatChange } from '#contracts';
import { LedgerProcess, temporaryFolder, type Asking } from '../support/ledger-process.js';

const ada = { role: 'customer', email: 'billing@ada.example' } as const;
const eve = { role: 'customer', email: 'billing@eve.example' } as const;
const forge = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

/** What a customer can do with what the ledger gave out: keys, cursors and quotes, its own and those of another. */
describe('a customer with tampered words', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let adas: string;
  let eves: string;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-11T09:00:00Z' });
    adas = await ledger.register('ada.example');
    eves = await ledger.register('eve.example');
    for (const path of [adas, eves]) for (const seats of [59, 58]) await ledger.post(`${path}/seat-changes`, { seats });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const change = (path: string, body: object, asking: Asking) =>
    ledger.post<SeatChange & { code?: string }>(`${path}/seat-changes`, body, asking);
  const revisionOf = async (path: string) => (await ledger.get<License>(path)).body.revision;
  const idOf = (path: string) => path.slice('/v1/licenses/'.length);

  describe("who knows another's idempotency key", () => {
    it('gets the same 404 for it as for any other, and changes nothing', async () => {
      expect((await change(adas, { seats: 57 }, { as: ada, key: 'shared' })).status).toBe(201);
      const before = await revisionOf(adas);
      const unknown = await change('/v1/licenses/00000000-0000-4000-8000-000000000000', { seats: 57 }, { as: eve });
      for (const seats of [57, 56]) {
        for (const key of ['shared', 'another']) {
          const reply = await change(adas, { seats }, { as: eve, key });
          expect([reply.status, reply.body]).toEqual([404, unknown.body]);
        }
      }
      expect(await revisionOf(adas)).toBe(before);
    });

    it('has it for its own license all the same', async () => {
      expect((await change(eves, { seats: 57 }, { as: eve, key: 'shared' })).body).toMatchObject({ to: 57 });
      expect((await change(adas, { seats: 57 }, { as: ada, key: 'shared' })).body).toMatchObject({ to: 57 });
    });

    it('does not get the answer to its registration', async () => {
      const terms = { planId: 'team', seats: 5, currency: 'USD', interval: 'month' };
      const register = (domain: string, as: typeof ada | typeof eve) =>
        ledger.post('/v1/licenses', { ...terms, domain, billingEmail: as.email }, { as, key: 'registration' });
      expect((await register('two.ada.example', ada)).status).toBe(201);
      expect((await register('two.eve.example', eve)).body).toMatchObject({ domain: 'two.eve.example' });
      expect((await register('two.ada.example', eve)).body).toMatchObject({ code: 'idempotency-key-reused' });
      const foreign = { ...terms, domain: 'two.ada.example', billingEmail: ada.email };
      const reply = await ledger.post('/v1/licenses', foreign, { as: eve, key: 'registration' });
      expect([reply.status, reply.body['code']]).toEqual([403, 'forbidden']);
    });
  });

  describe('who makes cursors up', () => {
    const lists = ['/v1/licenses', '/v1/invoices', '/v1/credits', '/v1/next-invoices', '/v1/propagations'];
    const page = (list: string, cursor: string, as: typeof ada | typeof eve = eve) =>
      ledger.get<List<object>>(`${list}?limit=1&cursor=${encodeURIComponent(cursor)}`, { as });

    it.each(lists)("sees its own alone with another's cursor of %s", async (list) => {
      const seen: object[] = [];
      const { nextCursor } = (await ledger.get<List<object>>(`${list}?limit=1`)).body;
      let cursor = nextCursor;
      expect(cursor).not.toBeNull();
      while (cursor !== null) {
        const { status, body } = await page(list, cursor);
        expect(status).toBe(200);
        seen.push(...body.items);
        cursor = body.nextCursor;
      }
      const text = JSON.stringify(seen);
      expect(text).toContain(idOf(eves));
      expect(text).not.toContain('ada.example');
      expect(text).not.toContain(idOf(adas));
    });

    const forged = [
      'x',
      '%00',
      forge(),
      forge(null),
      forge("' OR 1=1 --"),
      forge('\u0000'),
      forge('2026-06-01', "x'); DROP TABLE licenses; --"),
      forge('2026-06-01T00:00:00.000Z', '00000000-0000-4000-8000-000000000000', 1e400),
      forge({ domain: '' }),
      Buffer.from('{"length":1,"0":"a"}').toString('base64url'),
      Buffer.from('['.repeat(500)).toString('base64url'),
      forge('x'.repeat(600)),
    ];
    it.each(lists)('gets an error or its own for those of %s', async (list) => {
      for (const cursor of forged) {
        const { status, body } = await page(list, cursor);
        expect([200, 400]).toContain(status);
        expect(JSON.stringify(body)).not.toContain(idOf(adas));
        expect(JSON.stringify(body)).not.toContain('ada.example');
      }
    });

    it("does not reach another license's list with a cursor of its own", async () => {
      const { nextCursor } = (await ledger.get<List<object>>(`${eves}/credits?limit=1`, { as: eve })).body;
      expect((await page(`${adas}/credits`, nextCursor ?? '')).status).toBe(404);
    });
  });

  describe('who tampers with quotes', () => {
    const quoteOf = async (path: string, seats: number, as: typeof ada | typeof eve) =>
      (await ledger.post<Quote>(`${path}/quotes`, { seats }, { as })).body;

    it('gets no other figures than it was quoted', async () => {
      const { quoteToken } = await quoteOf(eves, 50, eve);
      const before = await revisionOf(eves);
      const tampered = [
        quoteToken.slice(0, -1) + (quoteToken.endsWith('A') ? 'B' : 'A'),
        quoteToken.toUpperCase() === quoteToken ? quoteToken.toLowerCase() : quoteToken.toUpperCase(),
        `${quoteToken}=`,
        quoteToken.slice(1),
        'null',
      ];
      for (const token of tampered) {
        const { status, body } = await change(eves, { seats: 50, quoteToken: token }, { as: eve });
        expect([400, 409]).toContain(status);
        if (status === 409) expect(body.code).toBe('quote-stale');
      }
      // A quote is for what was quoted: not for other seats, and not for another license.
      expect((await change(eves, { seats: 49, quoteToken }, { as: eve })).body.code).toBe('quote-stale');
      const adas50 = await quoteOf(adas, 50, ada);
      expect((await change(eves, { seats: 50, quoteToken: adas50.quoteToken }, { as: eve })).body.code).toBe(
        'quote-stale',
      );
      expect(await revisionOf(eves)).toBe(before);
      expect((await change(eves, { seats: 50, quoteToken }, { as: eve })).status).toBe(201);
    });

    it("does not see or use another's", async () => {
      const { quoteToken } = await quoteOf(adas, 50, ada);
      expect((await ledger.post(`${adas}/quotes`, { seats: 50 }, { as: eve })).status).toBe(404);
      expect((await change(adas, { seats: 50, quoteToken }, { as: eve })).status).toBe(404);
    });
  });

  it('takes no foreign license over by a change of its own details, nor keeps one that it gave away', async () => {
    const mine = await ledger.register('gift.example', { billingEmail: eve.email });
    const give = (path: string, billingEmail: string, as: typeof ada | typeof eve) =>
      ledger.put(`${path}/billing-details`, { billingEmail }, { as });
    expect((await give(adas, eve.email, eve)).status).toBe(404);
    expect((await give(mine, ada.email, eve)).status).toBe(200);
    expect((await ledger.get(mine, { as: eve })).status).toBe(404);
    expect((await give(mine, eve.email, eve)).status).toBe(404);
    expect((await ledger.get(mine, { as: ada })).status).toBe(200);
  });
});
