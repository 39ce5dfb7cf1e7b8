import { SpecLedger } from '../spec-support/spec-ledger.js';

describe('extending a due date', () => {
  let ledger: SpecLedger;

  beforeAll(async () => {
    ledger = await SpecLedger.start();
  });
  afterAll(() => ledger.stop());

  it('moves the due date of an unpaid invoice, once', async () => {
    const license = await ledger.register('acme.example');
    const extension = { days: 10, reason: 'asked nicely' };
    const { status, body } = await ledger.post(`${license}/extensions`, extension);
    expect([status, body['dueOn'], body['status']]).toEqual([201, '2026-06-18', 'open']);
    const again = await ledger.post(`${license}/extensions`, extension);
    expect([again.status, again.body.code]).toEqual([409, 'invoice-already-extended']);
    const other = await ledger.post(`${license}/extensions`, { ...extension, invoiceNumber: 'ACME.EXAMPLE-0009' });
    expect(other.body.code).toBe('no-open-invoice');
  });

  it.each([
    [{ days: 16 }, 'days'],
    [{ days: 0 }, 'days'],
    [{ reason: null }, 'reason'],
    [{ invoiceNumber: 'x' }, 'invoiceNumber'],
  ])('refuses %j and names %s', async (wrong, path) => {
    const license = await ledger.register(`bad-${path.toLowerCase()}-${JSON.stringify(wrong).length}.example`);
    const { status, body } = await ledger.post(`${license}/extensions`, { days: 5, reason: 'r', ...wrong });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([400, [path]]);
  });
});
