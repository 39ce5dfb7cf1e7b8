import type { AccessTable } from './access-table.js';

/** Whoever looks at licenses: customers at their own, an instance at that of its domain, the others at all. */
const readers = ['customer', 'helpdesk', 'billing', 'finance', 'support'] as const;
/** Whoever answers for the money. */
const books = ['billing', 'finance'] as const;
/** Whoever follows what happens, and finance, which reads all. */
const followers = ['service', 'finance'] as const;
/** Whoever keeps the ledger running, and finance, which reads all. */
const operators = ['billing', 'finance', 'support'] as const;

/**
 * Who may call which route. Admins may call every one, so they are not named.
 *
 * A role gives no more of a license than its scope: a customer has the licenses of its verified billing email, a
 * helpdesk that of its domain, and for both no other license exists. The guard asks this table, the interface's
 * description tells it, and `test/ledger/matrix.spec.ts` tries every line of it. A route that is not in it stops the
 * service from starting.
 */
export const access = {
  // Licenses and seats
  'POST /v1/licenses': ['customer', 'billing'],
  'GET /v1/licenses': readers,
  'GET /v1/licenses/{licenseId}': readers,
  'POST /v1/licenses/{licenseId}/quotes': ['customer', 'billing', 'support'],
  'POST /v1/licenses/{licenseId}/seat-changes': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/plan-changes': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/staff': ['customer', 'billing'],
  'GET /v1/licenses/{licenseId}/staff': readers,
  'POST /v1/licenses/{licenseId}/staff/{staffId}/disable': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/staff/{staffId}/enable': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/staff/{staffId}/remove': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/cancellation': ['customer', 'billing'],
  'PUT /v1/licenses/{licenseId}/billing-details': ['customer', 'billing'],
  'POST /v1/licenses/{licenseId}/extensions': ['billing'],
  'DELETE /v1/licenses/{licenseId}/personal-data': [],

  // Plans
  'GET /v1/plans': readers,
  'PUT /v1/plans/{planId}': ['billing'],

  // Invoices and credits
  'GET /v1/next-invoices': readers,
  'GET /v1/next-invoices/summary': readers,
  'GET /v1/next-invoices/forecast': readers,
  'GET /v1/licenses/{licenseId}/next-invoice': readers,
  'GET /v1/invoices': readers,
  'GET /v1/invoices/{invoiceNumber}': readers,
  'POST /v1/invoices/{invoiceNumber}/payments': ['billing'],
  'POST /v1/licenses/{licenseId}/credits': ['billing'],
  'GET /v1/licenses/{licenseId}/credits': readers,
  'GET /v1/licenses/{licenseId}/credits/{entryId}': readers,
  'GET /v1/credits': readers,

  // The books, who did what, and reports
  'GET /v1/journal': books,
  'GET /v1/journal/trial-balance': books,
  'GET /v1/accounting-periods': books,
  'POST /v1/accounting-periods/{month}/closing': ['billing'],
  'GET /v1/audit': ['finance'],
  'GET /v1/reports/invoice-aging': books,
  'GET /v1/reports/credit-balance-aging': books,
  'GET /v1/reports/policies': books,
  'GET /v1/reports/unused-seats': ['customer', 'billing', 'finance', 'support'],
  'GET /v1/licenses/{licenseId}/charged-cycles': books,

  // Changes on their way to the instances, and the instances themselves
  'GET /v1/propagations': readers,
  'GET /v1/licenses/{licenseId}/propagations': readers,
  'POST /v1/propagations/{changeId}/retry': ['support'],
  'GET /v1/helpdesks/{domain}/entitlement': readers,
  'GET /v1/helpdesks/{domain}/callback-secret': ['helpdesk'],
  'POST /v1/helpdesks/{domain}/acknowledgements': ['helpdesk'],
  'POST /v1/helpdesks/{domain}/staff-count': ['helpdesk', 'billing'],
  'GET /Base/staff/getcount': readers,

  // Events for other services
  'GET /v1/events': followers,
  'GET /v1/events/history': followers,
  'GET /v1/licenses/snapshot': followers,
  'GET /v1/events/asyncapi.json': 'everyone',
  'GET /v1/events/schemas/{name}': 'everyone',

  // Programs that are sent events: each has endpoints of its own
  'POST /v1/webhooks': ['service'],
  'GET /v1/webhooks': ['service'],
  'GET /v1/webhooks/{webhookId}': ['service'],
  'PATCH /v1/webhooks/{webhookId}': ['service'],
  'PUT /v1/webhooks/{webhookId}': ['service'],
  'DELETE /v1/webhooks/{webhookId}': ['service'],
  'POST /v1/webhooks/{webhookId}/rotate-secret': ['service'],
  'POST /v1/webhooks/{webhookId}/enable': ['service'],
  'POST /v1/webhooks/{webhookId}/replay': ['service'],
  'POST /v1/webhooks/{webhookId}/test': ['service'],
  'GET /v1/webhooks/{webhookId}/deliveries': ['service'],

  // Keys of programs: for admins alone
  'POST /v1/service-keys': [],
  'GET /v1/service-keys': [],
  'DELETE /v1/service-keys/{keyId}': [],

  // Running it
  'POST /v1/billing/runs': ['billing'],
  'GET /v1/billing/runs/{runId}': operators,
  'GET /v1/operations/queues': operators,
  'GET /v1/operations/jobs': operators,
  'POST /v1/operations/jobs/{kind}/{jobId}/retry': ['billing', 'support'],
  'GET /v1/test-clock': books,
  'PUT /v1/test-clock': ['billing'],
  'GET /health/live': 'everyone',
  'GET /health/ready': 'everyone',
  'GET /metrics': 'everyone',

  // What explains the interface, and checks its signatures
  'GET /.well-known/jwks.json': 'everyone',
  'GET /problems/{code}': 'everyone',
} as const satisfies AccessTable;
