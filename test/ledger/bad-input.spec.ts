import { LedgerProcess, temporaryFolder, type Asking } from '../support/ledger-process.js';

const unknownId = '00000000-0000-4000-8000-000000000000';
const good = {
  domain: 'good.example',
  billingEmail: 'billing@good.example',
  planId: 'team',
  seats: 5,
  currency: 'USD',
  interval: 'month',
};

interface Case {
  readonly title: string;
  readonly call: readonly [method: string, path: string, body?: object | string | undefined, asking?: Asking];
  readonly expected: readonly [status: number, code: string, path?: string];
}

const post = (title: string, path: string, body: object | string, ...expected: Case['expected']): Case => ({
  title,
  call: ['POST', path, body],
  expected,
});
const get = (path: string, ...expected: Case['expected']): Case => ({ title: path, call: ['GET', path], expected });
const text = (contentType: string): Asking => ({ headers: { 'content-type': contentType } });

const cases: readonly Case[] = [
  post('broken JSON', '/v1/licenses', '{"domain": ', 400, 'validation-failed'),
  post('JSON that is no object', '/v1/licenses', '[1, 2]', 400, 'validation-failed', ''),
  post('a string', '/v1/licenses', '"license"', 400, 'validation-failed', ''),
  post('null', '/v1/licenses', 'null', 400, 'validation-failed'),
  post('an empty body', '/v1/licenses', '', 400, 'validation-failed'),
  post('a prototype', '/v1/licenses', '{"__proto__": {"seats": 5}}', 400, 'validation-failed'),
  post('ten megabytes', '/v1/licenses', JSON.stringify({ domain: 'x'.repeat(10_000_000) }), 413, 'payload-too-large'),
  post('deep nesting', '/v1/licenses', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'validation-failed'),
  {
    title: 'a form',
    call: ['POST', '/v1/licenses', 'seats=5', text('application/x-www-form-urlencoded')],
    expected: [415, 'unsupported-media-type'],
  },
  {
    title: 'XML',
    call: ['POST', '/v1/licenses', '<a/>', text('application/xml')],
    expected: [415, 'unsupported-media-type'],
  },
  post('no domain', '/v1/licenses', { ...good, domain: undefined }, 400, 'validation-failed', 'domain'),
  post('an unknown field', '/v1/licenses', { ...good, price: 1 }, 400, 'validation-failed', 'price'),
  post('seats as text', '/v1/licenses', { ...good, seats: '5' }, 400, 'validation-failed', 'seats'),
  post('negative seats', '/v1/licenses', { ...good, seats: -1 }, 400, 'validation-failed', 'seats'),
  post('huge seats', '/v1/licenses', { ...good, seats: 1e300 }, 400, 'validation-failed', 'seats'),
  post('half a seat', '/v1/licenses', { ...good, seats: 0.5 }, 400, 'validation-failed', 'seats'),
  post(
    'a date that is none',
    '/v1/licenses',
    { ...good, startedOn: '2026-02-30' },
    400,
    'validation-failed',
    'startedOn',
  ),
  post(
    'a date of long ago',
    '/v1/licenses',
    { ...good, startedOn: '0001-01-01' },
    400,
    'validation-failed',
    'startedOn',
  ),
  post('a date to come', '/v1/licenses', { ...good, startedOn: '9999-12-31' }, 400, 'validation-failed', 'startedOn'),
  post('a time zone that is none', '/v1/licenses', { ...good, timeZone: 'Mars' }, 400, 'validation-failed', 'timeZone'),
  post('a currency that is none', '/v1/licenses', { ...good, currency: 'ABC' }, 400, 'validation-failed', 'currency'),
  post('a currency without a price', '/v1/licenses', { ...good, currency: 'EUR' }, 400, 'validation-failed', 'planId'),
  post('an unknown plan', '/v1/licenses', { ...good, planId: 'none' }, 400, 'validation-failed', 'planId'),
  post(
    'a NUL',
    '/v1/licenses',
    { ...good, billingEmail: 'a\u0000@b.example' },
    400,
    'validation-failed',
    'billingEmail',
  ),
  post(
    'half a character',
    `LICENSE/staff`,
    { email: 'a@b.example', name: '\ud800', role: 'agent' },
    400,
    'validation-failed',
    'name',
  ),
  post('an unknown license', `/v1/licenses/${unknownId}/seat-changes`, { seats: 5 }, 404, 'not-found'),
  post('an id that is none', '/v1/licenses/acme/seat-changes', { seats: 5 }, 404, 'not-found'),
  post('an unknown staff member', 'LICENSE/staff/nobody/disable', {}, 404, 'not-found'),
  post('a prototype as staff', 'LICENSE/staff/__proto__/disable', {}, 404, 'not-found'),
  post('the same seats', 'LICENSE/seat-changes', { seats: 60 }, 409, 'seats-unchanged'),
  post(
    'money of another currency',
    'LICENSE/credits',
    { amount: { amount: 5, currency: 'EUR' }, reason: 'r' },
    400,
    'validation-failed',
    'amount.currency',
  ),
  post(
    'money as a fraction',
    'LICENSE/credits',
    { amount: 0.1, reason: 'r' },
    400,
    'validation-failed',
    'amount.amount',
  ),
  post(
    'too much money',
    'LICENSE/credits',
    { amount: Number.MAX_SAFE_INTEGER, reason: 'r' },
    400,
    'validation-failed',
    'amount.amount',
  ),
  post(
    'an overpayment',
    '/v1/invoices/ACME.EXAMPLE-0001/payments',
    { amount: 60_001, method: 'm', reference: 'r' },
    409,
    'overpayment',
  ),
  post(
    'an unknown invoice',
    '/v1/invoices/NOBODY-0001/payments',
    { amount: 1, method: 'm', reference: 'r' },
    404,
    'not-found',
  ),
  post('too long an extension', 'LICENSE/extensions', { days: 16, reason: 'r' }, 400, 'validation-failed', 'days'),
  {
    title: 'a card number',
    call: ['PUT', 'LICENSE/billing-details', { paymentMethodToken: '4242-4242-4242-4242' }],
    expected: [400, 'validation-failed', 'paymentMethodToken'],
  },
  {
    title: 'a plan without prices',
    call: ['PUT', '/v1/plans/empty', { name: 'E', prices: [] }],
    expected: [400, 'validation-failed', 'prices'],
  },
  {
    title: 'a price below nothing',
    call: ['PUT', '/v1/plans/p', { name: 'P', prices: [{ currency: 'USD', interval: 'month', amount: -1 }] }],
    expected: [400, 'validation-failed', 'prices[0].amount'],
  },
  {
    title: 'a clock that goes back',
    call: ['PUT', '/v1/test-clock', { now: '2020-01-01T00:00:00Z' }],
    expected: [400, 'validation-failed', 'now'],
  },
  {
    title: 'an instant without a zone',
    call: ['PUT', '/v1/test-clock', { now: '2026-07-01T00:00:00' }],
    expected: [400, 'validation-failed', 'now'],
  },
  {
    title: 'an If-Match that is none',
    call: ['POST', 'LICENSE/seat-changes', { seats: 5 }, { headers: { 'if-match': 'W/"x"' } }],
    expected: [400, 'validation-failed', 'If-Match'],
  },
  {
    title: 'too long a key',
    call: ['POST', 'LICENSE/seat-changes', { seats: 5 }, { key: 'k'.repeat(300) }],
    expected: [400, 'validation-failed', 'Idempotency-Key'],
  },
  {
    title: 'a broken token',
    call: ['GET', '/v1/licenses', undefined, { headers: { authorization: 'Bearer x.y.z' } }],
    expected: [401, 'unauthenticated'],
  },
  get('/v1/licenses/acme', 404, 'not-found'),
  get(`/v1/licenses/${unknownId}`, 404, 'not-found'),
  get('/v1/licenses?limit=0', 400, 'validation-failed', 'limit'),
  get('/v1/licenses?limit=501', 400, 'validation-failed', 'limit'),
  get('/v1/licenses?limit=ten', 400, 'validation-failed', 'limit'),
  get('/v1/licenses?cursor=nonsense', 400, 'validation-failed', 'cursor'),
  get('/v1/licenses?status=gone', 400, 'validation-failed', 'status'),
  get('/v1/licenses?colour=red', 400, 'validation-failed', 'colour'),
  get('/v1/licenses?domain=a&domain=b', 400, 'validation-failed', 'domain'),
  get('/v1/invoices/nothing', 404, 'not-found'),
  get('/v1/credits?from=yesterday', 400, 'validation-failed', 'from'),
  get('/Base/staff/getcount', 400, 'validation-failed', 'domain'),
  get('/v1/nothing', 404, 'not-found'),
  get('/%', 400, 'validation-failed'),
];

describe('bad input', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let license: string;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    license = await ledger.register('acme.example');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  it.each(cases.map((one) => [`${one.call[0]} ${one.title}`, one] as const))('%s', async (_, { call, expected }) => {
    const [method, path, body, asking] = call;
    const reply = await ledger.ask(method, path.replace('LICENSE', license), body, asking);
    const { status, code, errors } = reply.body as { status: number; code: string; errors?: { path: string }[] };
    expect([reply.status, status, code]).toEqual([expected[0], expected[0], expected[1]]);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    if (expected[2] !== undefined) expect(errors?.map((error) => error.path)).toContain(expected[2]);
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|\.js:\d+|at [A-Z]\w+\./);
  });

  it('leaves everything as it was', async () => {
    expect((await ledger.get(license)).body).toMatchObject({ seats: 60, revision: 1 });
    expect((await ledger.get('/health/ready')).status).toBe(200);
  });
});
