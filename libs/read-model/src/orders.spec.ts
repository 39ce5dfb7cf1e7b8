import type pg from 'pg';
import type { Principal } from '#auth';
import { SystemClock, type Clock } from '#platform';
import { inTransaction, migrate, openPool } from '#projection-engine';
import { migrations, ReadModel } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { Moments } from './as-of/moments.js';
import type { ListCreditsRequest } from './credit-ledger/credit-filters.dto.js';
import { ListCredits, ListCreditsHandler } from './credit-ledger/list-credits.js';
import type { ListInvoicesRequest } from './invoices/invoice-filters.dto.js';
import { ListInvoices, ListInvoicesHandler } from './invoices/list-invoices.js';
import { ListNextInvoices, ListNextInvoicesHandler } from './next-invoices/list-next-invoices.js';
import type { ListNextInvoicesRequest } from './next-invoices/next-invoice-filters.dto.js';

const schema = 'ledger_spec';
const principal: Principal = { subject: 'spec', role: 'billing' };
const dates = { issuedFrom: '2026-06-01', issuedTo: '2026-06-30' };
const due = { dueFrom: '2026-06-01', dueTo: '2026-06-30' };
const times = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-30T23:59:59.999Z' };
const currency = 'JPY';

type Cases<Request> = readonly (readonly [index: string, request: Partial<Request>])[];

const nextInvoices: Cases<ListNextInvoicesRequest> = [
  ['next_invoices_by_date', { sort: 'issuesOn' }],
  ['next_invoices_by_date', { sort: 'issuesOn', issuesFrom: '2026-07-01', issuesTo: '2026-07-31' }],
  ['next_invoices_by_currency', { sort: 'issuesOn', currency }],
  ['next_invoices_by_currency', { sort: 'issuesOn', currency, issuesFrom: '2026-07-01' }],
  ['next_invoices_by_total', { sort: 'total', currency }],
  ['next_invoices_by_domain', { sort: 'domain' }],
];
const invoices: Cases<ListInvoicesRequest> = [
  ['invoices_by_date', { sort: 'issuedOn' }],
  ['invoices_by_date', { sort: 'issuedOn', ...dates }],
  ['invoices_by_date', { sort: 'issuedOn', ...dates, status: 'paid' }],
  ['invoices_by_license', { sort: 'issuedOn', licenseId: '0b0e7f4e-3a52-5f3f-9d2e-0a3c7b1d2e4f' }],
  ['invoices_by_license', { sort: 'issuedOn', domain: 'acme.example' }],
  ['invoices_by_currency', { sort: 'issuedOn', currency }],
  ['invoices_by_currency', { sort: 'issuedOn', currency, ...dates }],
  ['invoices_open', { sort: 'issuedOn', status: 'open' }],
  ['invoices_open', { sort: 'issuedOn', status: 'overdue', ...dates }],
  ['invoices_by_due', { sort: 'dueOn' }],
  ['invoices_by_due', { sort: 'dueOn', ...due }],
  ['invoices_open_by_due', { sort: 'dueOn', status: 'open' }],
  ['invoices_open_by_due', { sort: 'dueOn', status: 'open', ...due }],
  ['invoices_open_by_due', { sort: 'dueOn', daysOverdueFrom: 31, daysOverdueTo: 60 }],
];
const credits: Cases<ListCreditsRequest> = [
  ['credit_entries_by_time', { sort: 'effectiveAt' }],
  ['credit_entries_by_time', { sort: 'effectiveAt', ...times }],
  ['credit_entries_by_time', { sort: 'effectiveAt', ...times, kind: 'granted' }],
  ['credit_entries_by_kind', { sort: 'effectiveAt', kind: 'goodwill' }],
  ['credit_entries_by_kind', { sort: 'effectiveAt', kind: 'reversed', ...times }],
  ['credit_entries_by_currency', { sort: 'effectiveAt', currency }],
  ['credit_entries_by_currency', { sort: 'effectiveAt', currency, kind: 'applied', ...times }],
  ['credit_entries_by_actor', { sort: 'effectiveAt', actorId: 'somebody' }],
  ['credit_entries_by_actor', { sort: 'effectiveAt', actorId: 'somebody', ...times }],
  ['credit_entries_by_amount', { sort: 'amount', currency }],
  ['credit_entries_by_amount', { sort: 'amount', currency, amountFrom: 1, amountTo: 500 }],
];

/** Each in both directions. */
const bothWays = <Request>(cases: Cases<Request>) =>
  cases.flatMap(([index, request]) =>
    [request, { ...request, sort: `-${String((request as { sort?: string }).sort)}` }].map(
      (each) => [index, JSON.stringify(each)] as const,
    ),
  );

/**
 * Whatever is asked comes from an index in the order in which it is asked for. The planner is told to avoid sorting and
 * reading whole tables, so that it finds such an index also where there are no rows; where there is none, it has to.
 */
describe.each(testDatabases())('the indexes of lists on $kind', ({ open }) => {
  let database: TestDatabase;
  let pool: pg.Pool;
  const asked: { sql: string; parameters: unknown[] }[] = [];
  let readModel: ReadModel;
  const clock = { now: () => '2026-08-15T09:30:00.000Z' } as Clock;
  const moments = new Moments(clock, new SystemClock());

  beforeAll(async () => {
    database = await open();
    pool = openPool(database.connectionString, { max: 1 });
    await migrate(pool, schema, migrations);
    readModel = new ReadModel(noting(pool, asked), schema);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const planOf = async (query: Promise<unknown>): Promise<string> => {
    asked.length = 0;
    await query;
    expect(asked).toHaveLength(1);
    return inTransaction(pool, async (client) => {
      for (const means of ['seqscan', 'sort', 'incremental_sort'])
        await client.query(`SET LOCAL enable_${means} TO off`);
      const { sql = '', parameters } = asked[0] ?? {};
      const { rows } = await client.query<Record<string, string>>(`EXPLAIN (COSTS OFF) ${sql}`, parameters);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
  };
  const expectIndexed = (plan: string, index: string): void => {
    expect(plan).toContain(`using ${index} on`);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  };

  it.each(bothWays(nextInvoices))('give by %s the next invoices of %s', async (index, asks) => {
    const request = { limit: 50, ...(JSON.parse(asks) as object) } as ListNextInvoicesRequest;
    const handler = new ListNextInvoicesHandler(readModel);
    expectIndexed(await planOf(handler.execute(new ListNextInvoices(request, principal))), index);
  });

  it.each(bothWays(invoices))('give by %s the invoices of %s', async (index, asks) => {
    const request = { limit: 50, ...(JSON.parse(asks) as object) } as ListInvoicesRequest;
    const handler = new ListInvoicesHandler(readModel, clock, moments);
    expectIndexed(await planOf(handler.execute(new ListInvoices(request, principal))), index);
  });

  it.each(bothWays(credits))('give by %s the movements of credit of %s', async (index, asks) => {
    const request = { limit: 50, ...(JSON.parse(asks) as object) } as ListCreditsRequest;
    const handler = new ListCreditsHandler(readModel, moments);
    expectIndexed(await planOf(handler.execute(new ListCredits(request, principal))), index);
  });
});

/** A pool that notes what its connections are asked. */
function noting(pool: pg.Pool, asked: { sql: string; parameters: unknown[] }[]): pg.Pool {
  return new Proxy(pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'connect') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return async () => {
        const client = await target.connect();
        return {
          query(sql: string, parameters: unknown[]) {
            asked.push({ sql, parameters });
            return client.query(sql, parameters);
          },
          release: (destroy?: boolean) => client.release(destroy),
        };
      };
    },
  });
}
