import type { AccountingPeriod, AccountingPeriods, JournalEntry, TrialBalance } from '../accounting.js';
import type { AuditEntry } from '../audit.js';
import type { CreditBalanceAging, CreditEntryStory, ExplainedCreditEntry } from '../credit.js';
import type { EventPage } from '../events/event-page.js';
import type { ExplainedInvoice, Invoice, InvoiceAging, NextInvoice, NextInvoiceSummary } from '../invoice.js';
import type { HelpdeskAccess, License, Quote, SeatChange, Staff } from '../license.js';
import type { Plan } from '../plan.js';
import type { Propagation } from '../propagation.js';
import type { ChargedCycle, PolicySummary, UnusedSeats } from '../seat-use.js';
import type { List, Money } from '../values.js';
import type {
  Acknowledgement,
  BillingDetails,
  Cancellation,
  PersonalDataErasure,
  PlanChange,
  SignedEntitlement,
} from './command-answers.js';
import type { BillingRun, JobView, QueueView } from './operations-views.js';
import type * as Query from './queries.js';
import type * as Request from './requests.js';
import type * as Keys from './service-keys.js';
import type * as Webhooks from './webhooks.js';

/** A license's credit entries, with its balance. */
export interface LicenseCredits extends List<ExplainedCreditEntry> {
  readonly balance: Money;
}

/** A document of a kind that is described elsewhere. */
export type JsonDocument = Readonly<Record<string, unknown>>;

/** All there are, in no pages. */
export interface Items<T> {
  readonly items: readonly T[];
}

/**
 * The HTTP interface: what each operation takes beside its path, and what it answers with a 2xx. The client is typed by
 * it, the schemas of the OpenAPI document come from it, and a test holds it against the routes that are served.
 */
export interface Operations {
  'POST /v1/licenses': { body: Request.RegisterLicenseRequest; answer: License };
  'GET /v1/licenses': { query: Query.ListLicensesQuery; answer: List<License> };
  'GET /v1/licenses/{licenseId}': { query: Query.AsOfQuery; answer: License };
  'POST /v1/licenses/{licenseId}/quotes': { body: Request.QuoteChangeRequest; answer: Quote };
  'POST /v1/licenses/{licenseId}/seat-changes': { body: Request.ChangeSeatsRequest; answer: SeatChange };
  'POST /v1/licenses/{licenseId}/plan-changes': { body: Request.ChangePlanRequest; answer: PlanChange };
  'POST /v1/licenses/{licenseId}/cancellation': { body: Request.CancelLicenseRequest; answer: Cancellation };
  'POST /v1/licenses/{licenseId}/extensions': { body: Request.ExtendDueDateRequest; answer: Invoice };
  'PUT /v1/licenses/{licenseId}/billing-details': {
    body: Request.ChangeBillingDetailsRequest;
    answer: BillingDetails;
  };

  'POST /v1/licenses/{licenseId}/staff': { body: Request.AddStaffRequest; answer: Staff };
  'GET /v1/licenses/{licenseId}/staff': { query: Query.ListStaffQuery; answer: List<Staff> };
  'POST /v1/licenses/{licenseId}/staff/{staffId}/disable': { body: Request.MoveStaffRequest; answer: Staff };
  'POST /v1/licenses/{licenseId}/staff/{staffId}/enable': { body: Request.MoveStaffRequest; answer: Staff };
  'POST /v1/licenses/{licenseId}/staff/{staffId}/remove': { body: Request.MoveStaffRequest; answer: Staff };

  'DELETE /v1/licenses/{licenseId}/personal-data': { answer: PersonalDataErasure };

  'PUT /v1/plans/{planId}': { body: Request.DefinePlanRequest; answer: Plan };
  'GET /v1/plans': { query: Query.PageQuery; answer: List<Plan> };

  'GET /v1/next-invoices': { query: Query.ListNextInvoicesQuery; answer: List<NextInvoice> };
  'GET /v1/next-invoices/summary': { query: Query.NextInvoicesQuery; answer: Items<NextInvoiceSummary> };
  'GET /v1/next-invoices/forecast': { query: Query.ForecastQuery; answer: Items<NextInvoiceSummary> };
  'GET /v1/licenses/{licenseId}/next-invoice': { answer: NextInvoice };
  'GET /v1/invoices': { query: Query.ListInvoicesQuery; answer: List<Invoice> };
  'GET /v1/invoices/{invoiceNumber}': { query: Query.AsOfQuery; answer: ExplainedInvoice };
  'POST /v1/invoices/{invoiceNumber}/payments': { body: Request.RecordPaymentRequest; answer: Invoice };

  'POST /v1/licenses/{licenseId}/credits': { body: Request.GrantCreditRequest; answer: ExplainedCreditEntry };
  'GET /v1/licenses/{licenseId}/credits': { query: Query.AsOfQuery & Query.PageQuery; answer: LicenseCredits };
  'GET /v1/licenses/{licenseId}/credits/{entryId}': { query: Query.AsOfQuery; answer: CreditEntryStory };
  'GET /v1/credits': { query: Query.ListCreditsQuery; answer: List<ExplainedCreditEntry> };

  'GET /v1/journal': { query: Query.ListJournalQuery; answer: List<JournalEntry> };
  'GET /v1/journal/trial-balance': { query: Query.TrialBalanceQuery; answer: TrialBalance };
  'GET /v1/accounting-periods': { query: Query.PageQuery; answer: AccountingPeriods };
  'POST /v1/accounting-periods/{month}/closing': { answer: AccountingPeriod };

  'GET /v1/audit': { query: Query.ListAuditQuery; answer: List<AuditEntry> };

  'GET /v1/reports/unused-seats': { query: Query.PageQuery & { readonly atLeast?: number }; answer: List<UnusedSeats> };
  'GET /v1/reports/policies': { query: Query.PoliciesQuery; answer: Items<PolicySummary> };
  'GET /v1/reports/invoice-aging': { answer: Items<InvoiceAging> };
  'GET /v1/reports/credit-balance-aging': { answer: Items<CreditBalanceAging> };
  'GET /v1/licenses/{licenseId}/charged-cycles': { query: Query.PageQuery; answer: List<ChargedCycle> };

  'GET /v1/propagations': {
    query: Query.ListPropagationsQuery & { readonly licenseId?: string };
    answer: List<Propagation>;
  };
  'GET /v1/licenses/{licenseId}/propagations': { query: Query.ListPropagationsQuery; answer: List<Propagation> };
  'POST /v1/propagations/{changeId}/retry': { answer: { readonly changeId: string; readonly licenseId: string } };

  'POST /v1/helpdesks/{domain}/staff-count': { body: Request.ReportStaffCountRequest; answer: HelpdeskAccess };
  'GET /v1/helpdesks/{domain}/entitlement': { answer: SignedEntitlement };
  'GET /v1/helpdesks/{domain}/callback-secret': { answer: { readonly secret: string } };
  'POST /v1/helpdesks/{domain}/acknowledgements': { body: Request.AcknowledgementRequest; answer: Acknowledgement };

  'POST /v1/webhooks': { body: Webhooks.RegisterWebhookRequest; answer: Webhooks.WebhookEndpointWithSecret };
  'GET /v1/webhooks': { query: Webhooks.ListWebhooksQuery; answer: List<Webhooks.WebhookEndpoint> };
  'GET /v1/webhooks/{webhookId}': { answer: Webhooks.WebhookEndpoint };
  'PATCH /v1/webhooks/{webhookId}': { body: Webhooks.ChangeWebhookRequest; answer: Webhooks.WebhookEndpoint };
  'PUT /v1/webhooks/{webhookId}': { body: Webhooks.RegisterWebhookRequest; answer: Webhooks.WebhookEndpoint };
  'DELETE /v1/webhooks/{webhookId}': { answer: undefined };
  'POST /v1/webhooks/{webhookId}/rotate-secret': {
    body: Webhooks.RotateSecretRequest;
    answer: Webhooks.WebhookEndpointWithSecret;
  };
  'POST /v1/webhooks/{webhookId}/enable': { answer: Webhooks.WebhookEndpoint };
  'POST /v1/webhooks/{webhookId}/replay': { body: Webhooks.ReplayWebhookRequest; answer: Webhooks.WebhookEndpoint };
  'POST /v1/webhooks/{webhookId}/test': { answer: Webhooks.DeliveryAttempt };
  'GET /v1/webhooks/{webhookId}/deliveries': { query: Webhooks.ListDeliveriesQuery; answer: Webhooks.DeliveryList };

  'POST /v1/service-keys': { body: Keys.CreateServiceKeyRequest; answer: Keys.CreatedServiceKey };
  'GET /v1/service-keys': { query: Query.PageQuery; answer: List<Keys.ServiceKey> };
  'DELETE /v1/service-keys/{keyId}': { answer: Keys.ServiceKey };

  'GET /v1/events/history': { query: Query.EventHistoryQuery; answer: EventPage };
  'GET /v1/events/asyncapi.json': { answer: JsonDocument };
  'GET /v1/events/schemas/{name}': { answer: JsonDocument };

  'POST /v1/billing/runs': { answer: BillingRun };
  'GET /v1/billing/runs/{runId}': { answer: BillingRun };
  'GET /v1/operations/queues': { answer: Items<QueueView> };
  'GET /v1/operations/jobs': { query: Query.ListJobsQuery; answer: List<JobView> };
  'POST /v1/operations/jobs/{kind}/{jobId}/retry': { answer: JobView };
  'GET /v1/test-clock': { answer: { readonly now: string } };
  'PUT /v1/test-clock': { body: Request.MoveTestClockRequest; answer: { readonly now: string } };
}
