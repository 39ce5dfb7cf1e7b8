import { Ajv, type ValidateFunction } from 'ajv';
import { licenseIdOf } from '#license';
import {
  LedgerClient,
  LedgerProblem,
  operationSchemas,
  type Operation,
  type RequestArguments,
  type Schema,
} from '#contracts';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

interface DescribedRoute {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly example?: unknown }>> }>
  >;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedRoute>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Routes for machines and people that are no operations of the interface: text, streams, and what runs it. */
const isOperation = (path: string, { responses }: DescribedRoute): boolean =>
  path.startsWith('/v1/') &&
  Object.entries(responses).some(
    ([status, { content }]) => status.startsWith('2') && (content === undefined || 'application/json' in content),
  );

const ajv = new Ajv({ strict: false, allowUnionTypes: true });
ajv.addSchema({ $id: 'contracts', components: operationSchemas.components });
const validators = new Map<string, ValidateFunction>();

/** What is wrong with an answer by the type of its operation, which allows nothing that it does not name. */
function errorsOf(operation: string, answer: unknown): unknown {
  let validate = validators.get(operation);
  if (validate === undefined) {
    const schema = JSON.stringify(operationSchemas.operations[operation]?.answer);
    validate = ajv.compile(JSON.parse(schema.replaceAll('"#/', '"contracts#/')) as object);
    validators.set(operation, validate);
  }
  return validate(answer) ? null : validate.errors;
}

describe('the contract of the HTTP interface', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let client: LedgerClient;
  let document: OpenApi;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z' });
    document = (await ledger.get<OpenApi & Record<string, unknown>>('/docs-json')).body;
    client = new LedgerClient({ baseUrl: ledger.url, token: () => ledger.token({ role: 'admin' }) });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const routes = (): [operation: string, route: DescribedRoute][] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, route]): [string, DescribedRoute][] =>
        isOperation(path, route) ? [[`${method.toUpperCase()} ${path}`, route]] : [],
      ),
    );

  it('has the routes that are served, and no others', () => {
    const served = routes().map(([operation]) => operation);
    expect(Object.keys(operationSchemas.operations).toSorted()).toEqual(served.toSorted());
  });

  it('takes the parameters and bodies that the routes take', () => {
    const { schemas } = document.components;
    for (const [operation, { parameters = [], requestBody }] of routes()) {
      const { query, body } = operationSchemas.operations[operation] ?? {};
      const queries = parameters.filter((parameter) => parameter.in === 'query');
      expect([operation, namesOf(query)]).toEqual([
        operation,
        namesOf({
          properties: Object.fromEntries(queries.map(({ name }) => [name, {}])),
          required: queries.flatMap(({ name, required }) => (required === true ? [name] : [])),
        }),
      ]);
      const ref = requestBody?.content['application/json']?.schema.$ref.split('/').at(-1) ?? '';
      expect([operation, namesOf(body)]).toEqual([operation, namesOf(schemas[ref])]);
    }
  });

  it('answers as the examples in its description show', () => {
    let examples = 0;
    for (const [operation, { responses }] of routes()) {
      for (const [status, { content }] of Object.entries(responses)) {
        const example = content?.['application/json']?.example;
        if (!status.startsWith('2') || example === undefined) continue;
        expect([operation, errorsOf(operation, example)]).toEqual([operation, null]);
        examples += 1;
      }
    }
    expect(examples).toBeGreaterThan(40);
  });

  it('is what a customer meets: every answer of a story has its type', async () => {
    const licenseId = licenseIdOf('contract.example');
    const path = { licenseId };
    const seen = new Set<string>();
    const checked = async <K extends Operation>(operation: K, ...request: RequestArguments<K>) => {
      const answer = await client.call(operation, ...request);
      expect([operation, errorsOf(operation, answer.body)]).toEqual([operation, null]);
      seen.add(operation);
      return answer;
    };

    await checked('PUT /v1/plans/{planId}', {
      path: { planId: 'team' },
      body: { name: 'Team', prices: [{ currency: 'USD', interval: 'month', amount: 1_000 }] },
    });
    const terms = { planId: 'team', seats: 60, currency: 'USD', interval: 'month' as const };
    await checked('POST /v1/licenses', {
      body: { domain: 'contract.example', billingEmail: 'billing@contract.example', ...terms },
    });
    const staff = { email: 'a@contract.example', name: 'A', role: 'agent' as const };
    await checked('POST /v1/licenses/{licenseId}/staff', { path, body: { staffId: 'a', ...staff } });
    await checked('POST /v1/licenses/{licenseId}/staff/{staffId}/disable', {
      path: { ...path, staffId: 'a' },
      body: {},
    });
    await checked('DELETE /v1/licenses/{licenseId}/personal-data', { path });
    await checked('POST /v1/licenses/{licenseId}/staff/{staffId}/enable', {
      path: { ...path, staffId: 'a' },
      body: {},
    });
    await checked('PUT /v1/test-clock', { body: { now: '2026-06-11T09:30:00Z' } });
    const { body: quote } = await checked('POST /v1/licenses/{licenseId}/quotes', { path, body: { seats: 48 } });
    const { position } = await checked('POST /v1/licenses/{licenseId}/seat-changes', {
      path,
      body: { seats: 48, quoteToken: quote.quoteToken },
    });
    const read = { path, ...(position === null ? {} : { minPosition: position }) };
    const license = await checked('GET /v1/licenses/{licenseId}', read);
    expect(license.body).toMatchObject({ seats: 48, creditBalance: { amount: 8_000, currency: 'USD' } });
    await checked('POST /v1/invoices/{invoiceNumber}/payments', {
      path: { invoiceNumber: 'CONTRACT.EXAMPLE-0001' },
      body: { amount: { amount: 60_000 }, method: 'card', reference: 'paid-1' },
    });
    await checked('PUT /v1/test-clock', { body: { now: '2026-07-02T00:00:00Z' } });
    const invoices = await checked('GET /v1/invoices');
    for (const { invoiceNumber } of invoices.body.items) {
      await checked('GET /v1/invoices/{invoiceNumber}', { path: { invoiceNumber } });
    }
    const credits = await checked('GET /v1/licenses/{licenseId}/credits', { path });
    for (const { entryId } of credits.body.items) {
      await checked('GET /v1/licenses/{licenseId}/credits/{entryId}', { path: { ...path, entryId } });
    }
    await checked('GET /v1/licenses');
    await checked('GET /v1/licenses/{licenseId}/staff', { path });
    await checked('GET /v1/licenses/{licenseId}/next-invoice', { path });
    await checked('GET /v1/licenses/{licenseId}/charged-cycles', { path });
    await checked('GET /v1/licenses/{licenseId}/propagations', { path });
    await checked('GET /v1/next-invoices', { query: { sort: '-domain' } });
    await checked('GET /v1/next-invoices/summary');
    await checked('GET /v1/next-invoices/forecast', { query: { months: 3 } });
    await checked('GET /v1/credits', { query: { kind: 'granted' } });
    await checked('GET /v1/plans');
    const { body: history } = await checked('GET /v1/events/history');
    expect(history.items.length).toBeGreaterThan(5);
    await checked('GET /v1/journal');
    await checked('GET /v1/journal/trial-balance');
    await checked('GET /v1/audit', { query: { type: 'SeatsReduced' } });
    const key = await checked('POST /v1/service-keys', { body: { name: 'feed', role: 'service' } });
    await checked('GET /v1/service-keys');
    await checked('DELETE /v1/service-keys/{keyId}', { path: { keyId: key.body.keyId } });
    await checked('GET /v1/accounting-periods');
    await checked('GET /v1/reports/unused-seats');
    await checked('GET /v1/reports/policies');
    await checked('GET /v1/reports/invoice-aging');
    await checked('GET /v1/reports/credit-balance-aging');
    await checked('GET /v1/propagations');
    await checked('GET /v1/helpdesks/{domain}/entitlement', { path: { domain: 'contract.example' } });
    await checked('GET /v1/operations/queues');
    await checked('GET /v1/operations/jobs', { query: { kind: 'push' } });
    expect(seen.size).toBeGreaterThan(30);
  }, 60_000);

  it('gives every item of a list, page after page, and every refusal with its word', async () => {
    const entries = [];
    for await (const entry of client.items('GET /v1/journal', { query: { limit: 1 } }))
      entries.push(JSON.stringify(entry));
    expect(entries.length).toBeGreaterThan(2);
    expect(new Set(entries).size).toBe(entries.length);
    const refused = client.call('GET /v1/invoices/{invoiceNumber}', { path: { invoiceNumber: 'NONE-0001' } });
    await expect(refused).rejects.toThrow(LedgerProblem);
    await expect(refused).rejects.toMatchObject({ status: 404, code: 'not-found' });
  });
});

/** The names of a schema's properties; `!` behind those that must be there. */
function namesOf(schema: Schema | undefined): string[] {
  const resolved = typeof schema?.['$ref'] === 'string' ? components(schema['$ref']) : schema;
  const required = (resolved?.['required'] ?? []) as readonly string[];
  const parts = (resolved?.['allOf'] as readonly Schema[] | undefined)?.flatMap(namesOf) ?? [];
  const own = Object.keys(resolved?.['properties'] ?? {});
  return [...parts, ...own.map((name) => (required.includes(name) ? `${name}!` : name))].toSorted();
}

function components(ref: string): Schema | undefined {
  return operationSchemas.components.schemas[ref.split('/').at(-1) ?? ''];
}
