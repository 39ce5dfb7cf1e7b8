import { Scenario } from '#testing';

describe('registering a license', () => {
  it('issues the first invoice at once, due after seven days', () => {
    const scenario = Scenario.license();
    expect(scenario.lastTypes).toEqual(['LicenseRegistered', 'InvoiceIssued']);
    expect(scenario.latest('InvoiceIssued')).toMatchObject({
      invoiceNumber: 'ACME.EXAMPLE-0001',
      issuedOn: '2026-06-01',
      dueOn: '2026-06-08',
      lines: [{ description: 'Team: 60 seats, 2026-06-01 to 2026-06-30', quantity: 60, unitPriceMinor: 1000 }],
      totalMinor: 60_000,
    });
  });

  it('gives a domain its license id, whatever its case, and refuses it a second time', () => {
    const scenario = Scenario.license({ domain: 'Acme.Example' });
    const { licenseId } = scenario.state;
    expect(licenseId).toBe('0637e301-e05d-505b-8267-486f5677de9b');
    scenario.when({
      type: 'RegisterLicense',
      domain: 'ACME.example',
      billingEmail: 'x@acme.example',
      planId: 'team',
      seats: 1,
      currency: 'USD',
      interval: 'month',
      timeZone: 'UTC',
    });
    expect(scenario.refusal).toMatchObject({ code: 'license-exists', licenseId });
  });

  it('starts today, by the date in the time zone of the license', () => {
    const scenario = new Scenario(Scenario.license().catalogue).at('2026-06-30T22:30:00.000Z').when({
      type: 'RegisterLicense',
      domain: 'acme.example',
      billingEmail: 'x@acme.example',
      planId: 'team',
      seats: 1,
      currency: 'USD',
      interval: 'month',
      timeZone: 'Europe/Berlin',
    });
    expect(scenario.state).toMatchObject({ startedOn: '2026-07-01', effectiveAt: '2026-06-30T22:30:00.000Z' });
    expect(scenario.latest('InvoiceIssued').cycle.startsOn).toBe('2026-07-01');
  });

  it('invoices every cycle of a customer who is moved in, and takes those before paidThrough as paid', () => {
    const scenario = new Scenario(Scenario.license().catalogue).at('2026-06-03').when({
      type: 'RegisterLicense',
      domain: 'acme.example',
      billingEmail: 'x@acme.example',
      planId: 'team',
      seats: 2,
      currency: 'USD',
      interval: 'month',
      timeZone: 'UTC',
      startedOn: '2026-03-31',
      paidThrough: '2026-05-31',
    });
    expect(scenario.lastTypes).toEqual([
      'LicenseRegistered',
      'InvoiceIssued',
      'InvoicePaid',
      'InvoiceIssued',
      'InvoicePaid',
      'InvoiceIssued',
    ]);
    expect(scenario.all('InvoiceIssued').map((invoice) => invoice.issuedOn)).toEqual([
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
    expect(scenario.latest('InvoicePaid')).toMatchObject({ method: 'paid-elsewhere', openMinor: 0 });
    expect(scenario.state.openInvoices).toMatchObject([{ invoiceNumber: 'ACME.EXAMPLE-0003', openMinor: 2000 }]);
  });

  it.each([
    [{ startedOn: '2026-06-02' }, 'startedOn', "lies in the future; the license's today is 2026-06-01"],
    [{ startedOn: '1990-01-01' }, 'startedOn', 'lies more than 400 billing cycles back'],
    [{ planId: 'nothing' }, 'planId', "there is no plan 'nothing'"],
    [{ currency: 'EUR' }, 'planId', 'has no price in EUR per month'],
    [{ interval: 'year' as const }, 'planId', 'has no price in USD per year'],
  ])('refuses %j', (terms, path, message) => {
    const scenario = new Scenario(Scenario.license().catalogue).at('2026-06-01').when({
      type: 'RegisterLicense',
      domain: 'acme.example',
      billingEmail: 'x@acme.example',
      planId: 'team',
      seats: 1,
      currency: 'USD',
      interval: 'month',
      timeZone: 'UTC',
      ...terms,
    });
    expect(scenario.refusal).toMatchObject({ code: 'validation-failed', errors: [{ path, message }] });
    expect(scenario.events).toEqual([]);
  });
});

it('nothing can be asked of a license that is not registered', () => {
  const scenario = new Scenario(Scenario.license().catalogue).when({ type: 'ChangeSeats', seats: 3 });
  expect(scenario.refusal?.code).toBe('not-found');
});
