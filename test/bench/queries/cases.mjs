import { dist } from '../support.mjs';
import { now, pick } from './seeds.mjs';

const part = (path) => import(dist(`libs/read-model/src/${path}.js`));

const [
  { Moments },
  { ListNextInvoices, ListNextInvoicesHandler },
  { SummariseNextInvoices, SummariseNextInvoicesHandler },
  { ForecastInvoices, ForecastInvoicesHandler },
  { ListInvoices, ListInvoicesHandler },
  { ListCredits, ListCreditsHandler },
  { ListLicenseCredits, ListLicenseCreditsHandler },
  { AgeInvoices, AgeInvoicesHandler },
  { AgeCreditBalances, AgeCreditBalancesHandler },
  { SummarisePolicies, SummarisePoliciesHandler },
  { ListUnusedSeats, ListUnusedSeatsHandler },
] = await Promise.all(
  [
    'as-of/moments',
    'next-invoices/list-next-invoices',
    'next-invoices/summarise-next-invoices',
    'next-invoices/forecast-invoices',
    'invoices/list-invoices',
    'credit-ledger/list-credits',
    'credit-ledger/list-license-credits',
    'reports/age-invoices',
    'reports/age-credit-balances',
    'seat-use/summarise-policies',
    'seat-use/list-unused-seats',
  ].map(part),
);

const billing = { subject: 'bench', role: 'billing' };
const limit = 50;
const of = (Query) => (request, principal) => new Query(request, principal);

export const baseline = 'a row by its primary key';

/** Every query of billing and finance: its name, and one call of its handler with parameters as they come. */
export function casesOf(readModel, { seeds, next }) {
  const clock = { now: () => now };
  const moments = new Moments(clock, clock);
  const run = (Handler, query, ...parts) => {
    const handler = new Handler(readModel, ...parts);
    return (request, principal = billing) => handler.execute(query({ limit, ...request }, principal));
  };
  const nextInvoices = run(ListNextInvoicesHandler, of(ListNextInvoices));
  const summary = run(SummariseNextInvoicesHandler, of(SummariseNextInvoices));
  const forecast = run(ForecastInvoicesHandler, of(ForecastInvoices));
  const invoices = run(ListInvoicesHandler, of(ListInvoices), clock, moments);
  const credits = run(ListCreditsHandler, of(ListCredits), moments);
  // Reads no events as long as the present is asked for.
  const creditsOf = new ListLicenseCreditsHandler(readModel, undefined, moments);
  const [invoiceAging, creditAging] = [AgeInvoicesHandler, AgeCreditBalancesHandler].map(
    (Handler) => new Handler(readModel, clock),
  );
  const policies = new SummarisePoliciesHandler(readModel);
  const unused = new ListUnusedSeatsHandler(readModel, clock);

  const customer = () => pick(next, seeds);
  const currency = () => pick(next, ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'SEK']);
  const day = (from, days) =>
    new Date(Date.parse(from) + Math.floor(next() * days) * 86_400_000).toISOString().slice(0, 10);
  const past = () => day('2024-08-01', 640);
  const plus = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  /** A page somewhere inside: the one after a row that is found by `at`. */
  const inside = async (list, request, at) => {
    const { nextCursor } = await list({ ...request, ...at, limit: 1 });
    return () => list({ ...request, ...(nextCursor !== null && { cursor: nextCursor }) });
  };
  const groups = [...new Set(seeds.map(({ billing_email: email }) => email))].filter((email) =>
    email.startsWith('group-'),
  );
  const ofGroup = () => ({ billingEmail: pick(next, groups) });
  const asCustomer = () => ({ subject: 'bench', role: 'customer', email: customer().billing_email });

  const cases = {
    [baseline]: () => () =>
      readModel.db.selectFrom('licenses').select('revision').where('license_id', '=', customer().license_id).execute(),

    'next invoices, first page': () => () => nextInvoices({}),
    'next invoices of a day': () => {
      const date = day('2026-06-16', 30);
      return () => nextInvoices({ issuesFrom: date, issuesTo: date });
    },
    'next invoices, a page inside': () => inside(nextInvoices, {}, { issuesFrom: day('2026-06-16', 30) }),
    'next invoices of a currency': () => () => nextInvoices({ currency: currency() }),
    'next invoices, largest first': () => () => nextInvoices({ currency: currency(), sort: '-total' }),
    'next invoices, largest first, a page inside': () => inside(nextInvoices, { currency: 'USD', sort: '-total' }, {}),
    'next invoices of a day, largest first': () => {
      const date = day('2026-06-16', 30);
      return () => nextInvoices({ currency: currency(), sort: '-total', issuesFrom: date, issuesTo: date });
    },
    'next invoices by domain': () => () => nextInvoices({ sort: 'domain' }),
    'next invoice of a domain': () => () => nextInvoices({ domain: customer().domain }),
    'next invoices of a customer of twenty': () => () => nextInvoices(ofGroup()),
    'next invoices, added up': () => () => summary({}),
    'next invoices of a currency, added up': () => () => summary({ currency: currency() }),
    'next invoices, forecast of 12 months': () => () => forecast({ months: 12 }),

    'invoices, first page': () => () => invoices({}),
    'invoices, newest first': () => () => invoices({ sort: '-issuedOn' }),
    'invoices, a page inside': () => inside(invoices, {}, { issuedFrom: past() }),
    'invoices of a month': () => {
      const from = past();
      return () => invoices({ issuedFrom: from, issuedTo: plus(from, 30) });
    },
    'invoices, paid': () => () => invoices({ status: 'paid' }),
    'invoices, open': () => () => invoices({ status: 'open' }),
    'invoices, overdue': () => () => invoices({ status: 'overdue' }),
    'invoices, overdue, of a currency': () => () => invoices({ status: 'overdue', currency: currency() }),
    'invoices, overdue, of a month': () => {
      const from = past();
      return () => invoices({ status: 'overdue', issuedFrom: from, issuedTo: plus(from, 30) });
    },
    'invoices, 31 to 60 days overdue': () => () => invoices({ daysOverdueFrom: 31, daysOverdueTo: 60 }),
    'invoices, overdue for more than a year': () => () => invoices({ daysOverdueFrom: 366 }),
    'invoices due in a week': () => {
      const from = past();
      return () => invoices({ dueFrom: from, dueTo: plus(from, 6) });
    },
    'invoices due in a week, of a currency': () => {
      const from = past();
      return () => invoices({ dueFrom: from, dueTo: plus(from, 6), currency: currency() });
    },
    'invoices, open, by due date': () => () => invoices({ status: 'open', sort: 'dueOn' }),
    'invoices of a currency': () => () => invoices({ currency: currency() }),
    'invoices of a currency, a month': () => {
      const from = past();
      return () => invoices({ currency: currency(), issuedFrom: from, issuedTo: plus(from, 30) });
    },
    'invoices of a domain': () => () => invoices({ domain: customer().domain }),
    'invoices of a customer of twenty': () => () => invoices(ofGroup()),
    'invoices of a reseller of many': () => () => invoices({ billingEmail: 'reseller@group.example' }),
    'invoices as of a moment': () => {
      const asOf = `${past()}T12:00:00.000Z`;
      return () => invoices({ asOf, sort: '-issuedOn' });
    },
    'invoices as of a moment, overdue for 31 to 60 days': () => {
      const asOf = `${past()}T12:00:00.000Z`;
      return () => invoices({ asOf, daysOverdueFrom: 31, daysOverdueTo: 60 });
    },
    'invoices, asked by a customer': () => () => invoices({}, asCustomer()),

    'credit, first page': () => () => credits({}),
    'credit, newest first': () => () => credits({ sort: '-effectiveAt' }),
    'credit, a page inside': () => inside(credits, {}, { from: `${past()}T00:00:00.000Z` }),
    'credit of a license': () => () => credits({ licenseId: customer().license_id }),
    'credit of a kind': () => () => credits({ kind: pick(next, ['granted', 'reversed', 'applied', 'goodwill']) }),
    'credit of a kind, a month': () => {
      const from = past();
      const kind = pick(next, ['granted', 'reversed', 'applied', 'goodwill']);
      return () => credits({ kind, from: `${from}T00:00:00.000Z`, to: `${plus(from, 30)}T00:00:00.000Z` });
    },
    'credit of a currency': () => () => credits({ currency: currency() }),
    'credit of a currency and a kind': () => () =>
      credits({ currency: currency(), kind: pick(next, ['granted', 'reversed', 'applied', 'goodwill']) }),
    'credit by an actor': () => () => credits({ actorId: `billing-${Math.floor(next() * 30)}` }),
    'credit by an actor of few': () => () => credits({ actorId: customer().domain }),
    'credit, largest first': () => () => credits({ currency: currency(), sort: '-amount' }),
    'credit between two amounts': () => {
      const amountFrom = Math.floor(next() * 2_900);
      return () => credits({ currency: currency(), amountFrom, amountTo: amountFrom + 5 });
    },
    'credit of a customer of twenty': () => () => credits(ofGroup()),
    'credit of a reseller of many': () => () => credits({ billingEmail: 'reseller@group.example' }),
    'credit of a license, with its balance': () => () =>
      creditsOf.execute(new ListLicenseCredits(customer().license_id, { limit }, billing)),

    'open invoices by age': () => () => invoiceAging.execute(new AgeInvoices(billing)),
    'credit balances by age': () => () => creditAging.execute(new AgeCreditBalances(billing)),
    'unused seats': () => () => unused.execute(new ListUnusedSeats({ limit, atLeast: 1 }, billing)),
    'policies of a month': () => {
      const from = `${past().slice(0, 7)}-01`;
      return () => policies.execute(new SummarisePolicies({ startsFrom: from, startsTo: plus(from, 27) }));
    },
    'policies, all': () => () => policies.execute(new SummarisePolicies({})),
  };
  return Object.entries(cases).map(([name, prepare]) => ({ name, prepare }));
}
