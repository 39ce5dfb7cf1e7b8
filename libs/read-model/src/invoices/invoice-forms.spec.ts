import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger } from '../spec-support/spec-ledger.js';

describe.each(testDatabases())('an invoice to print, on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let acme: string;
  const url = '/v1/invoices/ACME.EXAMPLE-0002';

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString, '2026-06-01T09:00:00.000Z');
    acme = await ledger.register('acme.example');
    const payment = { amount: { amount: 60_000, currency: 'USD' }, method: 'card', reference: 'payment 1' };
    await ledger.post('/v1/invoices/ACME.EXAMPLE-0001/payments', payment);
    ledger.clock.moveTo('2026-06-11T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 48 });
    await ledger.post(`${acme}/billing-details`, { address: 'Acme <Inc>\n1 Main Street' }, 'PUT');
    ledger.clock.moveTo('2026-07-01T09:00:00.000Z');
    await ledger.post(`${acme}/seat-changes`, { seats: 47 });
    await ledger.post(`${acme}/billing-details`, { address: '2 Side Street', billingEmail: 'new@acme.example' }, 'PUT');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });

  it('is a page under a policy that lets nothing in', async () => {
    const { status, headers, text } = await ledger.getAs('text/html,application/xhtml+xml,*/*;q=0.8', url);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', vary: 'Accept' });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect(text).toContain('12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left');
    expect(text).toContain('USD 400.00');
    expect(text).toContain('Lumen Desk GmbH');
  });

  it('is addressed as it was when it was issued', async () => {
    const { text } = await ledger.getAs('text/html', url);
    expect(text).toContain('Acme &#60;Inc&#62;');
    expect(text).toContain('billing@acme.example');
    expect(text).not.toContain('2 Side Street');
  });

  it('has the present address where there was none', async () => {
    const { text } = await ledger.getAs('text/html', '/v1/invoices/ACME.EXAMPLE-0001');
    expect(text).toContain('2 Side Street');
    expect(text).toContain('billing@acme.example');
  });

  it('is a file that is called by its number', async () => {
    const { status, headers, bytes } = await ledger.getAs('application/pdf', url.toLowerCase());
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="ACME.EXAMPLE-0002.pdf"',
      'content-length': String(bytes.length),
      vary: 'Accept',
    });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await ledger.getAs('application/pdf', url)).bytes.equals(bytes)).toBe(true);
  });

  it('stays JSON for those who do not mind', async () => {
    for (const accept of ['*/*', 'application/json', 'text/html;q=0.5, application/json']) {
      const { headers, text } = await ledger.getAs(accept, url);
      expect(headers['content-type']).toContain('application/json');
      expect(JSON.parse(text)).toHaveProperty('explanation');
    }
  });

  it('is hidden, forbidden and refused as a problem', async () => {
    const stranger = { role: 'customer', email: 'eve@evil.example' } as const;
    const expectProblem = async (asked: ReturnType<SpecLedger['getAs']>, status: number) => {
      const { headers, text } = await asked;
      expect(headers['content-type']).toContain('application/problem+json');
      expect(JSON.parse(text)).toMatchObject({ status });
    };
    await expectProblem(ledger.getAs('application/pdf', url, stranger), 404);
    await expectProblem(ledger.getAs('text/html', url, { role: 'service' }), 403);
    await expectProblem(ledger.getAs('text/html', '/v1/invoices/ACME.EXAMPLE-0099'), 404);
    await expectProblem(ledger.getAs('image/png', url), 406);
  });

  it('is described with each of its forms', async () => {
    const { paths } = (await ledger.get('/docs-json')).body as unknown as {
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    };
    expect(Object.keys(paths['/v1/invoices/{invoiceNumber}']?.get.responses['200']?.content ?? {})).toEqual([
      'application/json',
      'text/html',
      'application/pdf',
    ]);
  });
});
