// Made from operations.ts by `npm run contracts`; not to be changed by hand.
import type { OperationSchemas } from './operation-schemas.js';

export const operationSchemas: OperationSchemas = {
  operations: {
    'POST /v1/licenses': {
      body: {
        $ref: '#/components/schemas/RegisterLicenseRequest',
      },
      answer: {
        $ref: '#/components/schemas/License',
      },
    },
    'GET /v1/licenses': {
      query: {
        $ref: '#/components/schemas/ListLicensesQuery',
      },
      answer: {
        $ref: '#/components/schemas/LicenseList',
      },
    },
    'GET /v1/licenses/{licenseId}': {
      query: {
        $ref: '#/components/schemas/AsOfQuery',
      },
      answer: {
        $ref: '#/components/schemas/License',
      },
    },
    'POST /v1/licenses/{licenseId}/quotes': {
      body: {
        $ref: '#/components/schemas/QuoteChangeRequest',
      },
      answer: {
        $ref: '#/components/schemas/Quote',
      },
    },
    'POST /v1/licenses/{licenseId}/seat-changes': {
      body: {
        $ref: '#/components/schemas/ChangeSeatsRequest',
      },
      answer: {
        $ref: '#/components/schemas/SeatChange',
      },
    },
    'POST /v1/licenses/{licenseId}/plan-changes': {
      body: {
        $ref: '#/components/schemas/ChangePlanRequest',
      },
      answer: {
        $ref: '#/components/schemas/PlanChange',
      },
    },
    'POST /v1/licenses/{licenseId}/cancellation': {
      body: {
        $ref: '#/components/schemas/CancelLicenseRequest',
      },
      answer: {
        $ref: '#/components/schemas/Cancellation',
      },
    },
    'POST /v1/licenses/{licenseId}/extensions': {
      body: {
        $ref: '#/components/schemas/ExtendDueDateRequest',
      },
      answer: {
        $ref: '#/components/schemas/Invoice',
      },
    },
    'PUT /v1/licenses/{licenseId}/billing-details': {
      body: {
        $ref: '#/components/schemas/ChangeBillingDetailsRequest',
      },
      answer: {
        $ref: '#/components/schemas/BillingDetails',
      },
    },
    'POST /v1/licenses/{licenseId}/staff': {
      body: {
        $ref: '#/components/schemas/AddStaffRequest',
      },
      answer: {
        $ref: '#/components/schemas/Staff',
      },
    },
    'GET /v1/licenses/{licenseId}/staff': {
      query: {
        $ref: '#/components/schemas/ListStaffQuery',
      },
      answer: {
        $ref: '#/components/schemas/StaffList',
      },
    },
    'POST /v1/licenses/{licenseId}/staff/{staffId}/disable': {
      body: {
        $ref: '#/components/schemas/MoveStaffRequest',
      },
      answer: {
        $ref: '#/components/schemas/Staff',
      },
    },
    'POST /v1/licenses/{licenseId}/staff/{staffId}/enable': {
      body: {
        $ref: '#/components/schemas/MoveStaffRequest',
      },
      answer: {
        $ref: '#/components/schemas/Staff',
      },
    },
    'POST /v1/licenses/{licenseId}/staff/{staffId}/remove': {
      body: {
        $ref: '#/components/schemas/MoveStaffRequest',
      },
      answer: {
        $ref: '#/components/schemas/Staff',
      },
    },
    'DELETE /v1/licenses/{licenseId}/personal-data': {
      answer: {
        $ref: '#/components/schemas/PersonalDataErasure',
      },
    },
    'PUT /v1/plans/{planId}': {
      body: {
        $ref: '#/components/schemas/DefinePlanRequest',
      },
      answer: {
        $ref: '#/components/schemas/Plan',
      },
    },
    'GET /v1/plans': {
      query: {
        $ref: '#/components/schemas/PageQuery',
      },
      answer: {
        $ref: '#/components/schemas/PlanList',
      },
    },
    'GET /v1/next-invoices': {
      query: {
        $ref: '#/components/schemas/ListNextInvoicesQuery',
      },
      answer: {
        $ref: '#/components/schemas/NextInvoiceList',
      },
    },
    'GET /v1/next-invoices/summary': {
      query: {
        $ref: '#/components/schemas/NextInvoicesQuery',
      },
      answer: {
        $ref: '#/components/schemas/NextInvoiceSummaryItems',
      },
    },
    'GET /v1/next-invoices/forecast': {
      query: {
        $ref: '#/components/schemas/ForecastQuery',
      },
      answer: {
        $ref: '#/components/schemas/NextInvoiceSummaryItems',
      },
    },
    'GET /v1/licenses/{licenseId}/next-invoice': {
      answer: {
        $ref: '#/components/schemas/NextInvoice',
      },
    },
    'GET /v1/invoices': {
      query: {
        $ref: '#/components/schemas/ListInvoicesQuery',
      },
      answer: {
        $ref: '#/components/schemas/InvoiceList',
      },
    },
    'GET /v1/invoices/{invoiceNumber}': {
      query: {
        $ref: '#/components/schemas/AsOfQuery',
      },
      answer: {
        $ref: '#/components/schemas/ExplainedInvoice',
      },
    },
    'POST /v1/invoices/{invoiceNumber}/payments': {
      body: {
        $ref: '#/components/schemas/RecordPaymentRequest',
      },
      answer: {
        $ref: '#/components/schemas/Invoice',
      },
    },
    'POST /v1/licenses/{licenseId}/credits': {
      body: {
        $ref: '#/components/schemas/GrantCreditRequest',
      },
      answer: {
        $ref: '#/components/schemas/ExplainedCreditEntry',
      },
    },
    'GET /v1/licenses/{licenseId}/credits': {
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          asOf: {
            $ref: '#/components/schemas/Instant',
          },
          knownAt: {
            $ref: '#/components/schemas/Instant',
          },
        },
      },
      answer: {
        $ref: '#/components/schemas/LicenseCredits',
      },
    },
    'GET /v1/licenses/{licenseId}/credits/{entryId}': {
      query: {
        $ref: '#/components/schemas/AsOfQuery',
      },
      answer: {
        $ref: '#/components/schemas/CreditEntryStory',
      },
    },
    'GET /v1/credits': {
      query: {
        $ref: '#/components/schemas/ListCreditsQuery',
      },
      answer: {
        $ref: '#/components/schemas/ExplainedCreditEntryList',
      },
    },
    'GET /v1/journal': {
      query: {
        $ref: '#/components/schemas/ListJournalQuery',
      },
      answer: {
        $ref: '#/components/schemas/JournalEntryList',
      },
    },
    'GET /v1/journal/trial-balance': {
      query: {
        $ref: '#/components/schemas/TrialBalanceQuery',
      },
      answer: {
        $ref: '#/components/schemas/TrialBalance',
      },
    },
    'GET /v1/accounting-periods': {
      query: {
        $ref: '#/components/schemas/PageQuery',
      },
      answer: {
        $ref: '#/components/schemas/AccountingPeriods',
      },
    },
    'POST /v1/accounting-periods/{month}/closing': {
      answer: {
        $ref: '#/components/schemas/AccountingPeriod',
      },
    },
    'GET /v1/audit': {
      query: {
        $ref: '#/components/schemas/ListAuditQuery',
      },
      answer: {
        $ref: '#/components/schemas/AuditEntryList',
      },
    },
    'GET /v1/reports/unused-seats': {
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          atLeast: {
            type: 'number',
          },
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
        },
      },
      answer: {
        $ref: '#/components/schemas/UnusedSeatsList',
      },
    },
    'GET /v1/reports/policies': {
      query: {
        $ref: '#/components/schemas/PoliciesQuery',
      },
      answer: {
        $ref: '#/components/schemas/PolicySummaryItems',
      },
    },
    'GET /v1/reports/invoice-aging': {
      answer: {
        $ref: '#/components/schemas/InvoiceAgingItems',
      },
    },
    'GET /v1/reports/credit-balance-aging': {
      answer: {
        $ref: '#/components/schemas/CreditBalanceAgingItems',
      },
    },
    'GET /v1/licenses/{licenseId}/charged-cycles': {
      query: {
        $ref: '#/components/schemas/PageQuery',
      },
      answer: {
        $ref: '#/components/schemas/ChargedCycleList',
      },
    },
    'GET /v1/propagations': {
      query: {
        type: 'object',
        additionalProperties: false,
        properties: {
          licenseId: {
            type: 'string',
          },
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/PropagationStatus',
          },
        },
      },
      answer: {
        $ref: '#/components/schemas/PropagationList',
      },
    },
    'GET /v1/licenses/{licenseId}/propagations': {
      query: {
        $ref: '#/components/schemas/ListPropagationsQuery',
      },
      answer: {
        $ref: '#/components/schemas/PropagationList',
      },
    },
    'POST /v1/propagations/{changeId}/retry': {
      answer: {
        type: 'object',
        properties: {
          changeId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
        },
        required: ['changeId', 'licenseId'],
        additionalProperties: false,
      },
    },
    'POST /v1/helpdesks/{domain}/staff-count': {
      body: {
        $ref: '#/components/schemas/ReportStaffCountRequest',
      },
      answer: {
        $ref: '#/components/schemas/HelpdeskAccess',
      },
    },
    'GET /v1/helpdesks/{domain}/entitlement': {
      answer: {
        $ref: '#/components/schemas/SignedEntitlement',
      },
    },
    'GET /v1/helpdesks/{domain}/callback-secret': {
      answer: {
        type: 'object',
        properties: {
          secret: {
            type: 'string',
          },
        },
        required: ['secret'],
        additionalProperties: false,
      },
    },
    'POST /v1/helpdesks/{domain}/acknowledgements': {
      body: {
        $ref: '#/components/schemas/AcknowledgementRequest',
      },
      answer: {
        $ref: '#/components/schemas/Acknowledgement',
      },
    },
    'POST /v1/webhooks': {
      body: {
        $ref: '#/components/schemas/RegisterWebhookRequest',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpointWithSecret',
      },
    },
    'GET /v1/webhooks': {
      query: {
        $ref: '#/components/schemas/ListWebhooksQuery',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpointList',
      },
    },
    'GET /v1/webhooks/{webhookId}': {
      answer: {
        $ref: '#/components/schemas/WebhookEndpoint',
      },
    },
    'PATCH /v1/webhooks/{webhookId}': {
      body: {
        $ref: '#/components/schemas/ChangeWebhookRequest',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpoint',
      },
    },
    'PUT /v1/webhooks/{webhookId}': {
      body: {
        $ref: '#/components/schemas/RegisterWebhookRequest',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpoint',
      },
    },
    'DELETE /v1/webhooks/{webhookId}': {},
    'POST /v1/webhooks/{webhookId}/rotate-secret': {
      body: {
        $ref: '#/components/schemas/RotateSecretRequest',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpointWithSecret',
      },
    },
    'POST /v1/webhooks/{webhookId}/enable': {
      answer: {
        $ref: '#/components/schemas/WebhookEndpoint',
      },
    },
    'POST /v1/webhooks/{webhookId}/replay': {
      body: {
        $ref: '#/components/schemas/ReplayWebhookRequest',
      },
      answer: {
        $ref: '#/components/schemas/WebhookEndpoint',
      },
    },
    'POST /v1/webhooks/{webhookId}/test': {
      answer: {
        $ref: '#/components/schemas/DeliveryAttempt',
      },
    },
    'GET /v1/webhooks/{webhookId}/deliveries': {
      query: {
        $ref: '#/components/schemas/ListDeliveriesQuery',
      },
      answer: {
        $ref: '#/components/schemas/DeliveryList',
      },
    },
    'POST /v1/service-keys': {
      body: {
        $ref: '#/components/schemas/CreateServiceKeyRequest',
      },
      answer: {
        $ref: '#/components/schemas/CreatedServiceKey',
      },
    },
    'GET /v1/service-keys': {
      query: {
        $ref: '#/components/schemas/PageQuery',
      },
      answer: {
        $ref: '#/components/schemas/ServiceKeyList',
      },
    },
    'DELETE /v1/service-keys/{keyId}': {
      answer: {
        $ref: '#/components/schemas/ServiceKey',
      },
    },
    'GET /v1/events/history': {
      query: {
        $ref: '#/components/schemas/EventHistoryQuery',
      },
      answer: {
        $ref: '#/components/schemas/EventPage',
      },
    },
    'GET /v1/events/asyncapi.json': {
      answer: {
        $ref: '#/components/schemas/JsonDocument',
      },
    },
    'GET /v1/events/schemas/{name}': {
      answer: {
        $ref: '#/components/schemas/JsonDocument',
      },
    },
    'POST /v1/billing/runs': {
      answer: {
        $ref: '#/components/schemas/BillingRun',
      },
    },
    'GET /v1/billing/runs/{runId}': {
      answer: {
        $ref: '#/components/schemas/BillingRun',
      },
    },
    'GET /v1/operations/queues': {
      answer: {
        $ref: '#/components/schemas/QueueViewItems',
      },
    },
    'GET /v1/operations/jobs': {
      query: {
        $ref: '#/components/schemas/ListJobsQuery',
      },
      answer: {
        $ref: '#/components/schemas/JobViewList',
      },
    },
    'POST /v1/operations/jobs/{kind}/{jobId}/retry': {
      answer: {
        $ref: '#/components/schemas/JobView',
      },
    },
    'GET /v1/test-clock': {
      answer: {
        type: 'object',
        properties: {
          now: {
            type: 'string',
          },
        },
        required: ['now'],
        additionalProperties: false,
      },
    },
    'PUT /v1/test-clock': {
      body: {
        $ref: '#/components/schemas/MoveTestClockRequest',
      },
      answer: {
        type: 'object',
        properties: {
          now: {
            type: 'string',
          },
        },
        required: ['now'],
        additionalProperties: false,
      },
    },
  },
  components: {
    schemas: {
      RegisterLicenseRequest: {
        type: 'object',
        properties: {
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          planId: {
            type: 'string',
          },
          seats: {
            type: 'number',
          },
          currency: {
            type: 'string',
          },
          interval: {
            $ref: '#/components/schemas/BillingInterval',
          },
          timeZone: {
            type: 'string',
          },
          startedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          paidThrough: {
            $ref: '#/components/schemas/LocalDate',
          },
          callbackUrl: {
            type: 'string',
          },
        },
        required: ['domain', 'billingEmail', 'planId', 'seats', 'currency', 'interval'],
        additionalProperties: false,
      },
      BillingInterval: {
        type: 'string',
        enum: ['month', 'year'],
      },
      LocalDate: {
        type: 'string',
      },
      License: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/LicenseStatus',
          },
          planId: {
            type: 'string',
          },
          plannedChange: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  planId: {
                    type: 'string',
                  },
                  effectiveOn: {
                    $ref: '#/components/schemas/LocalDate',
                  },
                },
                required: ['planId', 'effectiveOn'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
          interval: {
            $ref: '#/components/schemas/BillingInterval',
          },
          currency: {
            type: 'string',
          },
          timeZone: {
            type: 'string',
          },
          startedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          endsOn: {
            anyOf: [
              {
                $ref: '#/components/schemas/LocalDate',
              },
              {
                type: 'null',
              },
            ],
          },
          seats: {
            type: 'number',
          },
          paidSeats: {
            type: 'number',
          },
          activeStaff: {
            type: 'number',
          },
          personalDataErasedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          cycle: {
            $ref: '#/components/schemas/Cycle',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          helpdesk: {
            $ref: '#/components/schemas/HelpdeskAccess',
          },
          propagation: {
            type: 'object',
            properties: {
              pending: {
                type: 'number',
              },
              overdue: {
                type: 'number',
              },
            },
            required: ['pending', 'overdue'],
            additionalProperties: false,
          },
          revision: {
            type: 'number',
          },
        },
        required: [
          'licenseId',
          'domain',
          'billingEmail',
          'status',
          'planId',
          'plannedChange',
          'interval',
          'currency',
          'timeZone',
          'startedOn',
          'endsOn',
          'seats',
          'paidSeats',
          'activeStaff',
          'personalDataErasedAt',
          'cycle',
          'creditBalance',
          'helpdesk',
          'propagation',
          'revision',
        ],
        additionalProperties: false,
      },
      LicenseStatus: {
        type: 'string',
        enum: ['active', 'past_due', 'expired', 'cancelled'],
      },
      Instant: {
        type: 'string',
      },
      Cycle: {
        type: 'object',
        properties: {
          index: {
            type: 'number',
          },
          startsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          endsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          days: {
            type: 'number',
          },
        },
        required: ['index', 'startsOn', 'endsOn', 'days'],
        additionalProperties: false,
      },
      Money: {
        type: 'object',
        properties: {
          amount: {
            type: 'number',
          },
          currency: {
            type: 'string',
          },
        },
        required: ['amount', 'currency'],
        additionalProperties: false,
      },
      HelpdeskAccess: {
        type: 'object',
        properties: {
          access: {
            type: 'string',
            enum: ['accessible', 'locked'],
          },
          message: {
            type: ['string', 'null'],
          },
        },
        required: ['access', 'message'],
        additionalProperties: false,
      },
      ListLicensesQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/LicenseStatus',
          },
        },
        additionalProperties: false,
      },
      LicenseList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/License',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      AsOfQuery: {
        type: 'object',
        properties: {
          asOf: {
            $ref: '#/components/schemas/Instant',
          },
          knownAt: {
            $ref: '#/components/schemas/Instant',
          },
        },
        additionalProperties: false,
      },
      QuoteChangeRequest: {
        type: 'object',
        properties: {
          seats: {
            type: 'number',
          },
          planId: {
            type: 'string',
          },
          disableStaff: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
        },
        additionalProperties: false,
      },
      Quote: {
        type: 'object',
        properties: {
          from: {
            type: 'number',
          },
          to: {
            type: 'number',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          today: {
            $ref: '#/components/schemas/Money',
          },
          nextInvoice: {
            anyOf: [
              {
                $ref: '#/components/schemas/NextInvoice',
              },
              {
                type: 'null',
              },
            ],
          },
          allowed: {
            type: 'boolean',
          },
          problem: {
            anyOf: [
              {
                $ref: '#/components/schemas/Problem',
              },
              {
                type: 'null',
              },
            ],
          },
          quoteToken: {
            type: 'string',
          },
        },
        required: ['from', 'to', 'credit', 'creditBalance', 'today', 'nextInvoice', 'allowed', 'problem', 'quoteToken'],
        additionalProperties: false,
      },
      NextInvoice: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          issuesOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InvoiceLine',
            },
          },
          gross: {
            $ref: '#/components/schemas/Money',
          },
          creditApplied: {
            $ref: '#/components/schemas/Money',
          },
          total: {
            $ref: '#/components/schemas/Money',
          },
          creditBalanceAfter: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: [
          'licenseId',
          'domain',
          'issuesOn',
          'cycle',
          'lines',
          'gross',
          'creditApplied',
          'total',
          'creditBalanceAfter',
        ],
        additionalProperties: false,
      },
      InvoiceCycle: {
        type: 'object',
        properties: {
          startsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          endsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          days: {
            type: 'number',
          },
        },
        required: ['startsOn', 'endsOn', 'days'],
        additionalProperties: false,
      },
      InvoiceLine: {
        type: 'object',
        properties: {
          description: {
            type: 'string',
          },
          planId: {
            type: 'string',
          },
          quantity: {
            type: 'number',
          },
          unitPrice: {
            $ref: '#/components/schemas/Money',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['description', 'planId', 'quantity', 'unitPrice', 'amount'],
        additionalProperties: false,
      },
      Problem: {
        type: 'object',
        properties: {
          type: {
            type: 'string',
          },
          title: {
            type: 'string',
          },
          status: {
            type: 'number',
          },
          detail: {
            type: 'string',
          },
          code: {
            $ref: '#/components/schemas/ProblemCode',
          },
          errors: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InputError',
            },
          },
        },
        required: ['type', 'title', 'status', 'detail', 'code'],
        additionalProperties: {},
      },
      ProblemCode: {
        type: 'string',
        enum: [
          'validation-failed',
          'unauthenticated',
          'forbidden',
          'not-found',
          'not-acceptable',
          'request-timeout',
          'license-exists',
          'staff-count-exceeded',
          'staff-exists',
          'seats-unchanged',
          'plan-unchanged',
          'quote-stale',
          'license-expired',
          'license-cancelled',
          'overpayment',
          'invoice-already-extended',
          'no-open-invoice',
          'period-not-over',
          'period-closed',
          'period-out-of-order',
          'entitlement-mismatch',
          'revision-mismatch',
          'payload-too-large',
          'unsupported-media-type',
          'idempotency-key-reused',
          'too-many-requests',
          'headers-too-large',
          'internal-error',
          'identity-provider-unavailable',
          'overloaded',
          'event-store-unavailable',
          'read-model-behind',
          'read-model-unavailable',
          'jobs-unavailable',
        ],
      },
      InputError: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
          },
          message: {
            type: 'string',
          },
        },
        required: ['path', 'message'],
        additionalProperties: false,
      },
      ChangeSeatsRequest: {
        type: 'object',
        properties: {
          seats: {
            type: 'number',
          },
          planId: {
            type: 'string',
          },
          disableStaff: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          quoteToken: {
            type: 'string',
          },
        },
        required: ['seats'],
        additionalProperties: false,
      },
      SeatChange: {
        type: 'object',
        properties: {
          changeId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          from: {
            type: 'number',
          },
          to: {
            type: 'number',
          },
          reinstatedSeats: {
            type: 'number',
          },
          creditedSeats: {
            type: 'number',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          disabledStaff: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          nextInvoice: {
            anyOf: [
              {
                $ref: '#/components/schemas/NextInvoice',
              },
              {
                type: 'null',
              },
            ],
          },
          propagation: {
            $ref: '#/components/schemas/Propagation',
          },
          revision: {
            type: 'number',
          },
        },
        required: [
          'changeId',
          'licenseId',
          'from',
          'to',
          'reinstatedSeats',
          'creditedSeats',
          'credit',
          'creditBalance',
          'disabledStaff',
          'effectiveAt',
          'nextInvoice',
          'propagation',
          'revision',
        ],
        additionalProperties: false,
      },
      Propagation: {
        type: 'object',
        properties: {
          changeId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          kind: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/PropagationStatus',
          },
          late: {
            type: 'boolean',
          },
          requestedAt: {
            $ref: '#/components/schemas/Instant',
          },
          deadline: {
            $ref: '#/components/schemas/Instant',
          },
          propagatedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          attempts: {
            type: 'number',
          },
          lastError: {
            type: ['string', 'null'],
          },
          contact: {
            type: ['string', 'null'],
          },
          revision: {
            type: 'number',
          },
        },
        required: [
          'changeId',
          'licenseId',
          'kind',
          'status',
          'late',
          'requestedAt',
          'deadline',
          'propagatedAt',
          'attempts',
          'lastError',
          'contact',
          'revision',
        ],
        additionalProperties: false,
      },
      PropagationStatus: {
        type: 'string',
        enum: ['pending', 'propagated', 'overdue'],
      },
      ChangePlanRequest: {
        type: 'object',
        properties: {
          planId: {
            type: 'string',
          },
        },
        required: ['planId'],
        additionalProperties: false,
      },
      PlanChange: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          fromPlanId: {
            type: 'string',
          },
          toPlanId: {
            type: 'string',
          },
          effectiveOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          nextInvoice: {
            anyOf: [
              {
                $ref: '#/components/schemas/NextInvoice',
              },
              {
                type: 'null',
              },
            ],
          },
          revision: {
            type: 'number',
          },
        },
        required: ['licenseId', 'fromPlanId', 'toPlanId', 'effectiveOn', 'effectiveAt', 'nextInvoice', 'revision'],
        additionalProperties: false,
      },
      CancelLicenseRequest: {
        type: 'object',
        properties: {
          reason: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      Cancellation: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          changeId: {
            type: 'string',
          },
          endsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          propagation: {
            $ref: '#/components/schemas/Propagation',
          },
          revision: {
            type: 'number',
          },
        },
        required: ['licenseId', 'changeId', 'endsOn', 'effectiveAt', 'propagation', 'revision'],
        additionalProperties: false,
      },
      ExtendDueDateRequest: {
        type: 'object',
        properties: {
          days: {
            type: 'number',
          },
          reason: {
            type: 'string',
          },
          invoiceNumber: {
            type: 'string',
          },
        },
        required: ['days', 'reason'],
        additionalProperties: false,
      },
      Invoice: {
        type: 'object',
        properties: {
          invoiceNumber: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/InvoiceStatus',
          },
          issuedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InvoiceLine',
            },
          },
          gross: {
            $ref: '#/components/schemas/Money',
          },
          creditApplied: {
            $ref: '#/components/schemas/Money',
          },
          total: {
            $ref: '#/components/schemas/Money',
          },
          paid: {
            $ref: '#/components/schemas/Money',
          },
          open: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: [
          'invoiceNumber',
          'licenseId',
          'domain',
          'status',
          'issuedOn',
          'dueOn',
          'cycle',
          'lines',
          'gross',
          'creditApplied',
          'total',
          'paid',
          'open',
        ],
        additionalProperties: false,
      },
      InvoiceStatus: {
        type: 'string',
        enum: ['open', 'paid', 'overdue'],
      },
      ChangeBillingDetailsRequest: {
        type: 'object',
        properties: {
          billingEmail: {
            type: 'string',
          },
          address: {
            type: 'string',
          },
          paymentMethodToken: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      BillingDetails: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          address: {
            type: ['string', 'null'],
          },
          paymentMethodToken: {
            type: ['string', 'null'],
          },
          revision: {
            type: 'number',
          },
        },
        required: ['licenseId', 'billingEmail', 'address', 'paymentMethodToken', 'revision'],
        additionalProperties: false,
      },
      AddStaffRequest: {
        type: 'object',
        properties: {
          staffId: {
            type: 'string',
          },
          email: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/StaffRole',
          },
        },
        required: ['email', 'name', 'role'],
        additionalProperties: false,
      },
      StaffRole: {
        type: 'string',
        enum: ['agent', 'admin'],
      },
      Staff: {
        type: 'object',
        properties: {
          staffId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          email: {
            type: ['string', 'null'],
          },
          name: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/StaffRole',
          },
          status: {
            $ref: '#/components/schemas/StaffStatus',
          },
        },
        required: ['staffId', 'licenseId', 'email', 'name', 'role', 'status'],
        additionalProperties: false,
      },
      StaffStatus: {
        type: 'string',
        enum: ['active', 'disabled', 'removed'],
      },
      ListStaffQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/StaffStatus',
          },
        },
        additionalProperties: false,
      },
      StaffList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Staff',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      MoveStaffRequest: {
        type: 'object',
        properties: {
          reason: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      PersonalDataErasure: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          erasedStaff: {
            type: 'number',
          },
          personalDataErasedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          revision: {
            type: 'number',
          },
        },
        required: ['licenseId', 'erasedStaff', 'personalDataErasedAt', 'revision'],
        additionalProperties: false,
      },
      DefinePlanRequest: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
          },
          prices: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PlanPriceRequest',
            },
          },
        },
        required: ['name', 'prices'],
        additionalProperties: false,
      },
      PlanPriceRequest: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          interval: {
            $ref: '#/components/schemas/BillingInterval',
          },
          amount: {
            type: 'number',
          },
        },
        required: ['currency', 'interval', 'amount'],
        additionalProperties: false,
      },
      Plan: {
        type: 'object',
        properties: {
          planId: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          prices: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PlanPrice',
            },
          },
        },
        required: ['planId', 'name', 'prices'],
        additionalProperties: false,
      },
      PlanPrice: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          interval: {
            $ref: '#/components/schemas/BillingInterval',
          },
          amount: {
            type: 'number',
          },
        },
        required: ['currency', 'interval', 'amount'],
        additionalProperties: false,
      },
      PageQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      PlanList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Plan',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ListNextInvoicesQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          issuesFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          issuesTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          currency: {
            type: 'string',
          },
          sort: {
            type: 'string',
            enum: ['issuesOn', 'total', 'domain', '-issuesOn', '-total', '-domain'],
          },
        },
        additionalProperties: false,
      },
      NextInvoiceList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/NextInvoice',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      NextInvoicesQuery: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          issuesFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          issuesTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          currency: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      NextInvoiceSummaryItems: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/NextInvoiceSummary',
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
      NextInvoiceSummary: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          month: {
            type: 'string',
          },
          invoices: {
            type: 'number',
          },
          gross: {
            $ref: '#/components/schemas/Money',
          },
          creditApplied: {
            $ref: '#/components/schemas/Money',
          },
          total: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['currency', 'month', 'invoices', 'gross', 'creditApplied', 'total'],
        additionalProperties: false,
      },
      ForecastQuery: {
        type: 'object',
        properties: {
          months: {
            type: 'number',
          },
          currency: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      ListInvoicesQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          asOf: {
            $ref: '#/components/schemas/Instant',
          },
          knownAt: {
            $ref: '#/components/schemas/Instant',
          },
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/InvoiceStatus',
          },
          currency: {
            type: 'string',
          },
          issuedFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          issuedTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          daysOverdueFrom: {
            type: 'number',
          },
          daysOverdueTo: {
            type: 'number',
          },
          sort: {
            type: 'string',
            enum: ['issuedOn', 'dueOn', '-issuedOn', '-dueOn'],
          },
        },
        additionalProperties: false,
      },
      InvoiceList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Invoice',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ExplainedInvoice: {
        type: 'object',
        properties: {
          invoiceNumber: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/InvoiceStatus',
          },
          issuedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InvoiceLine',
            },
          },
          gross: {
            $ref: '#/components/schemas/Money',
          },
          creditApplied: {
            $ref: '#/components/schemas/Money',
          },
          total: {
            $ref: '#/components/schemas/Money',
          },
          paid: {
            $ref: '#/components/schemas/Money',
          },
          open: {
            $ref: '#/components/schemas/Money',
          },
          explanation: {
            $ref: '#/components/schemas/InvoiceExplanation',
          },
        },
        required: [
          'creditApplied',
          'cycle',
          'domain',
          'dueOn',
          'explanation',
          'gross',
          'invoiceNumber',
          'issuedOn',
          'licenseId',
          'lines',
          'open',
          'paid',
          'status',
          'total',
        ],
        additionalProperties: false,
      },
      InvoiceExplanation: {
        type: 'object',
        properties: {
          issued: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedLine',
            },
          },
          appliedBy: {
            type: ['string', 'null'],
          },
          credits: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedCredit',
            },
          },
          payments: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedPayment',
            },
          },
          extensions: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedExtension',
            },
          },
          summary: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
        },
        required: ['issued', 'lines', 'appliedBy', 'credits', 'payments', 'extensions', 'summary'],
        additionalProperties: false,
      },
      ExplainedEvent: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          stream: {
            type: 'string',
          },
          revision: {
            type: 'number',
          },
          actor: {
            $ref: '#/components/schemas/Actor',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          recordedAt: {
            $ref: '#/components/schemas/Instant',
          },
        },
        required: ['actor', 'effectiveAt', 'id', 'recordedAt', 'revision', 'stream'],
        additionalProperties: false,
      },
      Actor: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          role: {
            type: 'string',
          },
        },
        required: ['id', 'role'],
        additionalProperties: false,
      },
      ExplainedLine: {
        type: 'object',
        properties: {
          description: {
            type: 'string',
          },
          planId: {
            type: 'string',
          },
          quantity: {
            type: 'number',
          },
          unitPrice: {
            $ref: '#/components/schemas/Money',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
          billedDays: {
            type: 'number',
          },
          cycleDays: {
            type: 'number',
          },
          formula: {
            type: 'string',
          },
          rounding: {
            type: 'string',
          },
          explanation: {
            type: 'string',
          },
          seatChanges: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedSeatChange',
            },
          },
          planChange: {
            anyOf: [
              {
                $ref: '#/components/schemas/ExplainedPlanChange',
              },
              {
                type: 'null',
              },
            ],
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: [
          'amount',
          'billedDays',
          'cycleDays',
          'description',
          'event',
          'explanation',
          'formula',
          'planChange',
          'planId',
          'quantity',
          'rounding',
          'seatChanges',
          'unitPrice',
        ],
        additionalProperties: false,
      },
      ExplainedSeatChange: {
        type: 'object',
        properties: {
          changeId: {
            type: 'string',
          },
          effectiveOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          computation: {
            $ref: '#/components/schemas/ExplainedCreditComputation',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          explanation: {
            type: 'string',
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: ['changeId', 'effectiveOn', 'computation', 'credit', 'explanation', 'event'],
        additionalProperties: false,
      },
      ExplainedCreditComputation: {
        type: 'object',
        properties: {
          seats: {
            type: 'number',
          },
          seatDaysBefore: {
            type: 'number',
          },
          seatDaysAfter: {
            type: 'number',
          },
          cycleDays: {
            type: 'number',
          },
          unitPrice: {
            $ref: '#/components/schemas/Money',
          },
          previousSeats: {
            type: 'number',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          paidSeats: {
            type: 'number',
          },
          remainingDays: {
            type: 'number',
          },
          creditedSeatsBefore: {
            type: 'number',
          },
          creditedSeatsAfter: {
            type: 'number',
          },
        },
        required: [
          'creditedSeatsAfter',
          'creditedSeatsBefore',
          'cycle',
          'cycleDays',
          'paidSeats',
          'previousSeats',
          'remainingDays',
          'seatDaysAfter',
          'seatDaysBefore',
          'seats',
          'unitPrice',
        ],
        additionalProperties: false,
      },
      ExplainedPlanChange: {
        type: 'object',
        properties: {
          fromPlanId: {
            type: 'string',
          },
          toPlanId: {
            type: 'string',
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: ['fromPlanId', 'toPlanId', 'event'],
        additionalProperties: false,
      },
      ExplainedCredit: {
        type: 'object',
        properties: {
          entryId: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/CreditKind',
          },
          used: {
            $ref: '#/components/schemas/Money',
          },
          granted: {
            $ref: '#/components/schemas/Money',
          },
          usedBefore: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CreditUse',
            },
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: ['string', 'null'],
          },
          reason: {
            type: ['string', 'null'],
          },
          computation: {
            anyOf: [
              {
                $ref: '#/components/schemas/ExplainedCreditComputation',
              },
              {
                type: 'null',
              },
            ],
          },
          formula: {
            type: ['string', 'null'],
          },
          rounding: {
            type: ['string', 'null'],
          },
          explanation: {
            type: 'string',
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: [
          'entryId',
          'kind',
          'used',
          'granted',
          'usedBefore',
          'effectiveAt',
          'changeId',
          'reason',
          'computation',
          'formula',
          'rounding',
          'explanation',
          'event',
        ],
        additionalProperties: false,
      },
      CreditKind: {
        type: 'string',
        enum: ['granted', 'reversed', 'applied', 'goodwill'],
      },
      CreditUse: {
        type: 'object',
        properties: {
          entryId: {
            type: 'string',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['entryId', 'amount'],
        additionalProperties: false,
      },
      ExplainedPayment: {
        type: 'object',
        properties: {
          amount: {
            $ref: '#/components/schemas/Money',
          },
          method: {
            type: 'string',
          },
          reference: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          explanation: {
            type: 'string',
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: ['amount', 'method', 'reference', 'effectiveAt', 'explanation', 'event'],
        additionalProperties: false,
      },
      ExplainedExtension: {
        type: 'object',
        properties: {
          days: {
            type: 'number',
          },
          dueOnFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueOnTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          reason: {
            type: 'string',
          },
          explanation: {
            type: 'string',
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: ['days', 'dueOnFrom', 'dueOnTo', 'reason', 'explanation', 'event'],
        additionalProperties: false,
      },
      RecordPaymentRequest: {
        type: 'object',
        properties: {
          amount: {
            $ref: '#/components/schemas/AmountRequest',
          },
          method: {
            type: 'string',
          },
          reference: {
            type: 'string',
          },
        },
        required: ['amount', 'method', 'reference'],
        additionalProperties: false,
      },
      AmountRequest: {
        type: 'object',
        properties: {
          amount: {
            type: 'number',
          },
          currency: {
            type: 'string',
          },
        },
        required: ['amount'],
        additionalProperties: false,
      },
      GrantCreditRequest: {
        type: 'object',
        properties: {
          amount: {
            $ref: '#/components/schemas/AmountRequest',
          },
          reason: {
            type: 'string',
          },
        },
        required: ['amount', 'reason'],
        additionalProperties: false,
      },
      ExplainedCreditEntry: {
        type: 'object',
        properties: {
          entryId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/CreditKind',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
          balanceAfter: {
            $ref: '#/components/schemas/Money',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          recordedAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: ['string', 'null'],
          },
          invoiceNumber: {
            type: ['string', 'null'],
          },
          reason: {
            type: ['string', 'null'],
          },
          computation: {
            anyOf: [
              {
                $ref: '#/components/schemas/ExplainedCreditComputation',
              },
              {
                type: 'null',
              },
            ],
          },
          event: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              stream: {
                type: 'string',
              },
              revision: {
                type: 'number',
              },
            },
            required: ['id', 'stream', 'revision'],
            additionalProperties: false,
          },
          previousHash: {
            type: ['string', 'null'],
          },
          hash: {
            type: 'string',
          },
          effectiveOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          grantsUsed: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CreditUse',
            },
          },
          actor: {
            $ref: '#/components/schemas/Actor',
          },
          explanation: {
            type: 'string',
          },
        },
        required: [
          'actor',
          'amount',
          'balanceAfter',
          'changeId',
          'computation',
          'effectiveAt',
          'effectiveOn',
          'entryId',
          'event',
          'explanation',
          'grantsUsed',
          'hash',
          'invoiceNumber',
          'kind',
          'licenseId',
          'previousHash',
          'reason',
          'recordedAt',
        ],
        additionalProperties: false,
      },
      LicenseCredits: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedCreditEntry',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
          balance: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['balance', 'items', 'nextCursor'],
        additionalProperties: false,
      },
      CreditEntryStory: {
        type: 'object',
        properties: {
          entryId: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/CreditKind',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
          balanceAfter: {
            $ref: '#/components/schemas/Money',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          recordedAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: ['string', 'null'],
          },
          invoiceNumber: {
            type: ['string', 'null'],
          },
          reason: {
            type: ['string', 'null'],
          },
          computation: {
            anyOf: [
              {
                $ref: '#/components/schemas/ExplainedCreditComputation',
              },
              {
                type: 'null',
              },
            ],
          },
          event: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              stream: {
                type: 'string',
              },
              revision: {
                type: 'number',
              },
            },
            required: ['id', 'stream', 'revision'],
            additionalProperties: false,
          },
          previousHash: {
            type: ['string', 'null'],
          },
          hash: {
            type: 'string',
          },
          effectiveOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          grantsUsed: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CreditUse',
            },
          },
          actor: {
            $ref: '#/components/schemas/Actor',
          },
          explanation: {
            type: 'string',
          },
          takings: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CreditTaking',
            },
          },
          remainder: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  amount: {
                    $ref: '#/components/schemas/Money',
                  },
                  explanation: {
                    type: 'string',
                  },
                },
                required: ['amount', 'explanation'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: [
          'actor',
          'amount',
          'balanceAfter',
          'changeId',
          'computation',
          'effectiveAt',
          'effectiveOn',
          'entryId',
          'event',
          'explanation',
          'grantsUsed',
          'hash',
          'invoiceNumber',
          'kind',
          'licenseId',
          'previousHash',
          'reason',
          'recordedAt',
          'remainder',
          'takings',
        ],
        additionalProperties: false,
      },
      CreditTaking: {
        type: 'object',
        properties: {
          entryId: {
            type: 'string',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
          invoiceNumber: {
            type: ['string', 'null'],
          },
          event: {
            $ref: '#/components/schemas/ExplainedEvent',
          },
        },
        required: ['amount', 'entryId', 'event', 'invoiceNumber'],
        additionalProperties: false,
      },
      ListCreditsQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          asOf: {
            $ref: '#/components/schemas/Instant',
          },
          knownAt: {
            $ref: '#/components/schemas/Instant',
          },
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/CreditKind',
          },
          currency: {
            type: 'string',
          },
          actorId: {
            type: 'string',
          },
          from: {
            $ref: '#/components/schemas/Instant',
          },
          to: {
            $ref: '#/components/schemas/Instant',
          },
          amountFrom: {
            type: 'number',
          },
          amountTo: {
            type: 'number',
          },
          sort: {
            type: 'string',
            enum: ['effectiveAt', 'amount', '-effectiveAt', '-amount'],
          },
        },
        additionalProperties: false,
      },
      ExplainedCreditEntryList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ExplainedCreditEntry',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ListJournalQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/Account',
          },
          month: {
            $ref: '#/components/schemas/Month',
          },
          lateFrom: {
            $ref: '#/components/schemas/Month',
          },
          from: {
            $ref: '#/components/schemas/Instant',
          },
          to: {
            $ref: '#/components/schemas/Instant',
          },
        },
        additionalProperties: false,
      },
      Account: {
        type: 'string',
        enum: ['cash', 'receivable', 'customer-credit', 'revenue', 'goodwill-expense'],
      },
      Month: {
        type: 'string',
      },
      JournalEntryList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/JournalEntry',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      JournalEntry: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/EntryKind',
          },
          document: {
            type: 'string',
          },
          month: {
            $ref: '#/components/schemas/Month',
          },
          lateFrom: {
            anyOf: [
              {
                $ref: '#/components/schemas/Month',
              },
              {
                type: 'null',
              },
            ],
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          recordedAt: {
            $ref: '#/components/schemas/Instant',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/JournalLine',
            },
          },
          position: {
            type: 'string',
          },
          event: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              stream: {
                type: 'string',
              },
              revision: {
                type: 'number',
              },
            },
            required: ['id', 'stream', 'revision'],
            additionalProperties: false,
          },
        },
        required: [
          'licenseId',
          'kind',
          'document',
          'month',
          'lateFrom',
          'effectiveAt',
          'recordedAt',
          'lines',
          'position',
          'event',
        ],
        additionalProperties: false,
      },
      EntryKind: {
        type: 'string',
        enum: ['invoice', 'payment', 'paid-elsewhere', 'seat-credit', 'seat-credit-reversal', 'goodwill'],
      },
      JournalLine: {
        type: 'object',
        properties: {
          account: {
            $ref: '#/components/schemas/Account',
          },
          debit: {
            $ref: '#/components/schemas/Money',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['account', 'debit', 'credit'],
        additionalProperties: false,
      },
      TrialBalanceQuery: {
        type: 'object',
        properties: {
          month: {
            $ref: '#/components/schemas/Month',
          },
          asOf: {
            $ref: '#/components/schemas/Instant',
          },
          position: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      TrialBalance: {
        type: 'object',
        additionalProperties: false,
        properties: {
          parkedStreams: {
            type: 'number',
          },
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AccountBalance',
            },
          },
          totals: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CurrencyTotal',
            },
          },
        },
        required: ['items', 'parkedStreams', 'totals'],
      },
      AccountBalance: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          account: {
            $ref: '#/components/schemas/Account',
          },
          opening: {
            $ref: '#/components/schemas/Money',
          },
          debit: {
            $ref: '#/components/schemas/Money',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          balance: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['currency', 'account', 'opening', 'debit', 'credit', 'balance'],
        additionalProperties: false,
      },
      CurrencyTotal: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          opening: {
            $ref: '#/components/schemas/Money',
          },
          debit: {
            $ref: '#/components/schemas/Money',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          balance: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['currency', 'opening', 'debit', 'credit', 'balance'],
        additionalProperties: false,
      },
      AccountingPeriods: {
        type: 'object',
        additionalProperties: false,
        properties: {
          parkedStreams: {
            type: 'number',
          },
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AccountingPeriodWithFigures',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor', 'parkedStreams'],
      },
      AccountingPeriodWithFigures: {
        type: 'object',
        properties: {
          month: {
            $ref: '#/components/schemas/Month',
          },
          status: {
            type: 'string',
            enum: ['open', 'closed'],
          },
          closedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          closedBy: {
            type: ['string', 'null'],
          },
          event: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  id: {
                    type: 'string',
                  },
                  stream: {
                    type: 'string',
                  },
                  revision: {
                    type: 'number',
                  },
                },
                required: ['id', 'stream', 'revision'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
          figures: {
            $ref: '#/components/schemas/AccountBalances',
          },
        },
        required: ['closedAt', 'closedBy', 'event', 'figures', 'month', 'status'],
        additionalProperties: false,
      },
      AccountBalances: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AccountBalance',
            },
          },
          totals: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CurrencyTotal',
            },
          },
        },
        required: ['items', 'totals'],
        additionalProperties: false,
      },
      AccountingPeriod: {
        type: 'object',
        properties: {
          month: {
            $ref: '#/components/schemas/Month',
          },
          status: {
            type: 'string',
            enum: ['open', 'closed'],
          },
          closedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          closedBy: {
            type: ['string', 'null'],
          },
          event: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  id: {
                    type: 'string',
                  },
                  stream: {
                    type: 'string',
                  },
                  revision: {
                    type: 'number',
                  },
                },
                required: ['id', 'stream', 'revision'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: ['month', 'status', 'closedAt', 'closedBy', 'event'],
        additionalProperties: false,
      },
      ListAuditQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          actor: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
          type: {
            type: 'string',
          },
          from: {
            $ref: '#/components/schemas/Instant',
          },
          to: {
            $ref: '#/components/schemas/Instant',
          },
        },
        additionalProperties: false,
      },
      AuditEntryList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AuditEntry',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      AuditEntry: {
        type: 'object',
        properties: {
          type: {
            type: 'string',
          },
          licenseId: {
            type: ['string', 'null'],
          },
          actor: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              role: {
                type: 'string',
              },
            },
            required: ['id', 'role'],
            additionalProperties: false,
          },
          client: {
            type: ['string', 'null'],
          },
          requestId: {
            type: ['string', 'null'],
          },
          recordedAt: {
            $ref: '#/components/schemas/Instant',
          },
          effectiveAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          event: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              stream: {
                type: 'string',
              },
              revision: {
                type: 'number',
              },
            },
            required: ['id', 'stream', 'revision'],
            additionalProperties: false,
          },
        },
        required: ['type', 'licenseId', 'actor', 'client', 'requestId', 'recordedAt', 'effectiveAt', 'event'],
        additionalProperties: false,
      },
      UnusedSeatsList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/UnusedSeats',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      UnusedSeats: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          domain: {
            type: 'string',
          },
          seats: {
            type: 'number',
          },
          usedSeats: {
            type: 'number',
          },
          unusedSeats: {
            type: 'number',
          },
          safeSeats: {
            type: 'number',
          },
          creditNow: {
            $ref: '#/components/schemas/Money',
          },
          savingPerCycle: {
            anyOf: [
              {
                $ref: '#/components/schemas/Money',
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: [
          'licenseId',
          'domain',
          'seats',
          'usedSeats',
          'unusedSeats',
          'safeSeats',
          'creditNow',
          'savingPerCycle',
        ],
        additionalProperties: false,
      },
      PoliciesQuery: {
        type: 'object',
        properties: {
          startsFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          startsTo: {
            $ref: '#/components/schemas/LocalDate',
          },
          currency: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      PolicySummaryItems: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PolicySummary',
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
      PolicySummary: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          month: {
            type: 'string',
          },
          cycles: {
            type: 'number',
          },
          creditedSeatDays: {
            type: 'number',
          },
          unchargedSeatDays: {
            type: 'number',
          },
          uncharged: {
            $ref: '#/components/schemas/Money',
          },
          policies: {
            $ref: '#/components/schemas/PolicyFigures',
          },
        },
        required: ['currency', 'month', 'cycles', 'creditedSeatDays', 'unchargedSeatDays', 'uncharged', 'policies'],
        additionalProperties: false,
      },
      PolicyFigures: {
        type: 'object',
        properties: {
          nextCycle: {
            $ref: '#/components/schemas/Money',
          },
          proratedIncreases: {
            $ref: '#/components/schemas/Money',
          },
          highWaterMark: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['nextCycle', 'proratedIncreases', 'highWaterMark'],
        additionalProperties: false,
      },
      InvoiceAgingItems: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InvoiceAging',
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
      InvoiceAging: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          invoices: {
            type: 'number',
          },
          open: {
            $ref: '#/components/schemas/Money',
          },
          buckets: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AgeBucket',
            },
          },
        },
        required: ['currency', 'invoices', 'open', 'buckets'],
        additionalProperties: false,
      },
      AgeBucket: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
          },
          fromDays: {
            type: ['number', 'null'],
          },
          toDays: {
            type: ['number', 'null'],
          },
          count: {
            type: 'number',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['name', 'fromDays', 'toDays', 'count', 'amount'],
        additionalProperties: false,
      },
      CreditBalanceAgingItems: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/CreditBalanceAging',
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
      CreditBalanceAging: {
        type: 'object',
        properties: {
          currency: {
            type: 'string',
          },
          licenses: {
            type: 'number',
          },
          balance: {
            $ref: '#/components/schemas/Money',
          },
          buckets: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/AgeBucket',
            },
          },
        },
        required: ['currency', 'licenses', 'balance', 'buckets'],
        additionalProperties: false,
      },
      ChargedCycleList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ChargedCycle',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ChargedCycle: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          invoiceNumber: {
            type: 'string',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          unitPrice: {
            $ref: '#/components/schemas/Money',
          },
          paidSeats: {
            type: 'number',
          },
          highestSeats: {
            type: 'number',
          },
          creditedSeatDays: {
            type: 'number',
          },
          unchargedSeatDays: {
            type: 'number',
          },
          uncharged: {
            $ref: '#/components/schemas/Money',
          },
          policies: {
            $ref: '#/components/schemas/PolicyFigures',
          },
          explanation: {
            type: 'object',
            properties: {
              nextCycle: {
                type: 'string',
              },
              proratedIncreases: {
                type: 'string',
              },
              highWaterMark: {
                type: 'string',
              },
            },
            required: ['nextCycle', 'proratedIncreases', 'highWaterMark'],
            additionalProperties: false,
          },
        },
        required: [
          'licenseId',
          'invoiceNumber',
          'cycle',
          'unitPrice',
          'paidSeats',
          'highestSeats',
          'creditedSeatDays',
          'unchargedSeatDays',
          'uncharged',
          'policies',
          'explanation',
        ],
        additionalProperties: false,
      },
      PropagationList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Propagation',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ListPropagationsQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/PropagationStatus',
          },
        },
        additionalProperties: false,
      },
      ReportStaffCountRequest: {
        type: 'object',
        properties: {
          active: {
            type: 'number',
          },
        },
        required: ['active'],
        additionalProperties: false,
      },
      SignedEntitlement: {
        type: 'object',
        properties: {
          domain: {
            type: 'string',
          },
          seats: {
            type: 'number',
          },
          planId: {
            type: 'string',
          },
          status: {
            $ref: '#/components/schemas/LicenseStatus',
          },
          validUntil: {
            $ref: '#/components/schemas/Instant',
          },
          revision: {
            type: 'number',
          },
          jws: {
            type: 'string',
          },
        },
        required: ['domain', 'jws', 'planId', 'revision', 'seats', 'status', 'validUntil'],
        additionalProperties: false,
      },
      AcknowledgementRequest: {
        type: 'object',
        properties: {
          revision: {
            type: 'number',
          },
          seats: {
            type: 'number',
          },
        },
        required: ['revision', 'seats'],
        additionalProperties: false,
      },
      Acknowledgement: {
        type: 'object',
        properties: {
          domain: {
            type: 'string',
          },
          revision: {
            type: 'number',
          },
          seats: {
            type: 'number',
          },
        },
        required: ['domain', 'revision', 'seats'],
        additionalProperties: false,
      },
      RegisterWebhookRequest: {
        type: 'object',
        properties: {
          url: {
            type: 'string',
          },
          types: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PublicEventType',
            },
          },
        },
        required: ['url'],
        additionalProperties: false,
      },
      PublicEventType: {
        type: 'string',
        enum: [
          'io.seat-ledger.license-registered.v1',
          'io.seat-ledger.seats-increased.v1',
          'io.seat-ledger.seats-reduced.v1',
          'io.seat-ledger.plan-change-scheduled.v1',
          'io.seat-ledger.plan-changed.v1',
          'io.seat-ledger.staff-added.v1',
          'io.seat-ledger.staff-disabled.v1',
          'io.seat-ledger.staff-enabled.v1',
          'io.seat-ledger.staff-removed.v1',
          'io.seat-ledger.personal-data-erased.v1',
          'io.seat-ledger.staff-count-reported.v1',
          'io.seat-ledger.billing-details-changed.v1',
          'io.seat-ledger.invoice-issued.v1',
          'io.seat-ledger.invoice-paid.v1',
          'io.seat-ledger.credit-granted.v1',
          'io.seat-ledger.license-past-due.v1',
          'io.seat-ledger.license-expired.v1',
          'io.seat-ledger.license-extended.v1',
          'io.seat-ledger.license-reactivated.v1',
          'io.seat-ledger.license-cancelled.v1',
        ],
      },
      WebhookEndpointWithSecret: {
        type: 'object',
        properties: {
          webhookId: {
            type: 'string',
          },
          url: {
            type: 'string',
          },
          types: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          status: {
            type: 'string',
            enum: ['active', 'disabled'],
          },
          disabled: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  reason: {
                    type: 'string',
                  },
                  detail: {
                    type: 'string',
                  },
                  at: {
                    $ref: '#/components/schemas/Instant',
                  },
                  after: {
                    type: 'string',
                  },
                },
                required: ['reason', 'detail', 'at', 'after'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
          registeredAt: {
            $ref: '#/components/schemas/Instant',
          },
          oldSecretUntil: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          secret: {
            type: 'string',
          },
        },
        required: ['disabled', 'oldSecretUntil', 'registeredAt', 'secret', 'status', 'types', 'url', 'webhookId'],
        additionalProperties: false,
      },
      ListWebhooksQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          status: {
            type: 'string',
            enum: ['active', 'disabled'],
          },
        },
        additionalProperties: false,
      },
      WebhookEndpointList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/WebhookEndpoint',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      WebhookEndpoint: {
        type: 'object',
        properties: {
          webhookId: {
            type: 'string',
          },
          url: {
            type: 'string',
          },
          types: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
          status: {
            type: 'string',
            enum: ['active', 'disabled'],
          },
          disabled: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  reason: {
                    type: 'string',
                  },
                  detail: {
                    type: 'string',
                  },
                  at: {
                    $ref: '#/components/schemas/Instant',
                  },
                  after: {
                    type: 'string',
                  },
                },
                required: ['reason', 'detail', 'at', 'after'],
                additionalProperties: false,
              },
              {
                type: 'null',
              },
            ],
          },
          registeredAt: {
            $ref: '#/components/schemas/Instant',
          },
          oldSecretUntil: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: ['webhookId', 'url', 'types', 'status', 'disabled', 'registeredAt', 'oldSecretUntil'],
        additionalProperties: false,
      },
      ChangeWebhookRequest: {
        type: 'object',
        properties: {
          url: {
            type: 'string',
          },
          types: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PublicEventType',
            },
          },
        },
        additionalProperties: false,
      },
      RotateSecretRequest: {
        type: 'object',
        properties: {
          overlapHours: {
            type: 'number',
          },
        },
        additionalProperties: false,
      },
      ReplayWebhookRequest: {
        type: 'object',
        properties: {
          after: {
            type: 'string',
          },
        },
        required: ['after'],
        additionalProperties: false,
      },
      DeliveryAttempt: {
        type: 'object',
        properties: {
          eventId: {
            type: 'string',
          },
          eventType: {
            type: 'string',
          },
          licenseId: {
            type: ['string', 'null'],
          },
          sequence: {
            type: ['number', 'null'],
          },
          attempt: {
            type: 'number',
          },
          startedAt: {
            $ref: '#/components/schemas/Instant',
          },
          durationMs: {
            type: 'number',
          },
          outcome: {
            type: 'string',
            enum: ['delivered', 'failed'],
          },
          status: {
            type: ['number', 'null'],
          },
          reason: {
            type: ['string', 'null'],
          },
          response: {
            type: ['string', 'null'],
          },
        },
        required: [
          'eventId',
          'eventType',
          'licenseId',
          'sequence',
          'attempt',
          'startedAt',
          'durationMs',
          'outcome',
          'status',
          'reason',
          'response',
        ],
        additionalProperties: false,
      },
      ListDeliveriesQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          outcome: {
            type: 'string',
            enum: ['delivered', 'failed'],
          },
        },
        additionalProperties: false,
      },
      DeliveryList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/Delivery',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
          waiting: {
            type: 'object',
            properties: {
              count: {
                type: 'number',
              },
              items: {
                type: 'array',
                items: {
                  $ref: '#/components/schemas/WaitingDelivery',
                },
              },
            },
            required: ['count', 'items'],
            additionalProperties: false,
          },
        },
        required: ['items', 'nextCursor', 'waiting'],
        additionalProperties: false,
      },
      Delivery: {
        type: 'object',
        properties: {
          eventId: {
            type: 'string',
          },
          eventType: {
            type: 'string',
          },
          licenseId: {
            type: ['string', 'null'],
          },
          sequence: {
            type: ['number', 'null'],
          },
          attempt: {
            type: 'number',
          },
          startedAt: {
            $ref: '#/components/schemas/Instant',
          },
          durationMs: {
            type: 'number',
          },
          outcome: {
            type: 'string',
            enum: ['delivered', 'failed'],
          },
          status: {
            type: ['number', 'null'],
          },
          reason: {
            type: ['string', 'null'],
          },
          response: {
            type: ['string', 'null'],
          },
          deliveryId: {
            type: 'string',
          },
        },
        required: [
          'attempt',
          'deliveryId',
          'durationMs',
          'eventId',
          'eventType',
          'licenseId',
          'outcome',
          'reason',
          'response',
          'sequence',
          'startedAt',
          'status',
        ],
        additionalProperties: false,
      },
      WaitingDelivery: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          sequence: {
            type: 'number',
          },
          attempts: {
            type: 'number',
          },
          firstFailedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          nextAttemptAt: {
            $ref: '#/components/schemas/Instant',
          },
          lastError: {
            type: ['string', 'null'],
          },
        },
        required: ['licenseId', 'sequence', 'attempts', 'firstFailedAt', 'nextAttemptAt', 'lastError'],
        additionalProperties: false,
      },
      CreateServiceKeyRequest: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/ServiceKeyRole',
          },
          domain: {
            type: 'string',
          },
        },
        required: ['name', 'role'],
        additionalProperties: false,
      },
      ServiceKeyRole: {
        type: 'string',
        enum: ['service', 'helpdesk', 'billing', 'finance', 'support'],
      },
      CreatedServiceKey: {
        type: 'object',
        properties: {
          keyId: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/ServiceKeyRole',
          },
          domain: {
            type: ['string', 'null'],
          },
          createdAt: {
            $ref: '#/components/schemas/Instant',
          },
          createdBy: {
            type: 'string',
          },
          revokedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          revokedBy: {
            type: ['string', 'null'],
          },
          lastUsedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          key: {
            type: 'string',
          },
        },
        required: [
          'createdAt',
          'createdBy',
          'domain',
          'key',
          'keyId',
          'lastUsedAt',
          'name',
          'revokedAt',
          'revokedBy',
          'role',
        ],
        additionalProperties: false,
      },
      ServiceKeyList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/ServiceKey',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      ServiceKey: {
        type: 'object',
        properties: {
          keyId: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/ServiceKeyRole',
          },
          domain: {
            type: ['string', 'null'],
          },
          createdAt: {
            $ref: '#/components/schemas/Instant',
          },
          createdBy: {
            type: 'string',
          },
          revokedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          revokedBy: {
            type: ['string', 'null'],
          },
          lastUsedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: ['keyId', 'name', 'role', 'domain', 'createdAt', 'createdBy', 'revokedAt', 'revokedBy', 'lastUsedAt'],
        additionalProperties: false,
      },
      EventHistoryQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          after: {
            type: 'string',
          },
          types: {
            type: 'string',
          },
          licenseId: {
            type: 'string',
          },
        },
        additionalProperties: false,
      },
      EventPage: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/PublicEvent',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
          position: {
            type: 'string',
          },
        },
        required: ['items', 'nextCursor', 'position'],
        additionalProperties: false,
      },
      PublicEvent: {
        anyOf: [
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-registered.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.seats-increased.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.seats-reduced.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.plan-change-scheduled.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.plan-changed.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.staff-added.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.staff-disabled.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.staff-enabled.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.staff-removed.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.personal-data-erased.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.staff-count-reported.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.billing-details-changed.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.invoice-issued.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.invoice-paid.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.credit-granted.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-past-due.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-expired.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-extended.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-reactivated.v1',
          },
          {
            $ref: '#/components/schemas/PublicEventOf.io.seat-ledger.license-cancelled.v1',
          },
        ],
      },
      'PublicEventOf.io.seat-ledger.license-registered.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-registered.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/LicenseRegisteredData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      LicenseRegisteredData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          domain: {
            type: 'string',
          },
          billingEmail: {
            type: 'string',
          },
          planId: {
            type: 'string',
          },
          seats: {
            type: 'number',
          },
          currency: {
            type: 'string',
          },
          interval: {
            $ref: '#/components/schemas/BillingInterval',
          },
          timeZone: {
            type: 'string',
          },
          startedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          paidThrough: {
            anyOf: [
              {
                $ref: '#/components/schemas/LocalDate',
              },
              {
                type: 'null',
              },
            ],
          },
        },
        required: [
          'billingEmail',
          'currency',
          'domain',
          'effectiveAt',
          'interval',
          'licenseId',
          'paidThrough',
          'planId',
          'seats',
          'startedOn',
          'timeZone',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.seats-increased.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.seats-increased.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/SeatsIncreasedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      SeatsIncreasedData: {
        type: 'object',
        properties: {
          credit: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          creditEntryId: {
            type: ['string', 'null'],
          },
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          from: {
            type: 'number',
          },
          to: {
            type: 'number',
          },
          reinstatedSeats: {
            type: 'number',
          },
        },
        required: [
          'changeId',
          'credit',
          'creditBalance',
          'creditEntryId',
          'effectiveAt',
          'from',
          'licenseId',
          'reinstatedSeats',
          'to',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.seats-reduced.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.seats-reduced.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/SeatsReducedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      SeatsReducedData: {
        type: 'object',
        properties: {
          credit: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          creditEntryId: {
            type: ['string', 'null'],
          },
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          from: {
            type: 'number',
          },
          to: {
            type: 'number',
          },
          creditedSeats: {
            type: 'number',
          },
          disabledStaff: {
            type: 'array',
            items: {
              type: 'string',
            },
          },
        },
        required: [
          'changeId',
          'credit',
          'creditBalance',
          'creditEntryId',
          'creditedSeats',
          'disabledStaff',
          'effectiveAt',
          'from',
          'licenseId',
          'to',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.plan-change-scheduled.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.plan-change-scheduled.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/PlanChangeScheduledData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      PlanChangeScheduledData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          fromPlanId: {
            type: 'string',
          },
          toPlanId: {
            type: 'string',
          },
          effectiveOn: {
            $ref: '#/components/schemas/LocalDate',
          },
        },
        required: ['effectiveAt', 'effectiveOn', 'fromPlanId', 'licenseId', 'toPlanId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.plan-changed.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.plan-changed.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/PlanChangedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      PlanChangedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          fromPlanId: {
            type: 'string',
          },
          toPlanId: {
            type: 'string',
          },
        },
        required: ['changeId', 'effectiveAt', 'fromPlanId', 'licenseId', 'toPlanId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.staff-added.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.staff-added.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/StaffAddedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      StaffAddedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          staffId: {
            type: 'string',
          },
          role: {
            $ref: '#/components/schemas/StaffRole',
          },
          activeStaff: {
            type: 'number',
          },
        },
        required: ['activeStaff', 'effectiveAt', 'licenseId', 'role', 'staffId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.staff-disabled.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.staff-disabled.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/StaffMovedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      StaffMovedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          staffId: {
            type: 'string',
          },
          activeStaff: {
            type: 'number',
          },
        },
        required: ['activeStaff', 'effectiveAt', 'licenseId', 'staffId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.staff-enabled.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.staff-enabled.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/StaffMovedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.staff-removed.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.staff-removed.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/StaffMovedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.personal-data-erased.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.personal-data-erased.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/PersonalDataErasedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      PersonalDataErasedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          staff: {
            type: 'number',
          },
        },
        required: ['effectiveAt', 'licenseId', 'staff'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.staff-count-reported.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.staff-count-reported.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/StaffCountReportedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      StaffCountReportedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          active: {
            type: 'number',
          },
          seats: {
            type: 'number',
          },
          access: {
            type: 'string',
            enum: ['accessible', 'locked'],
          },
        },
        required: ['access', 'active', 'effectiveAt', 'licenseId', 'seats'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.billing-details-changed.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.billing-details-changed.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/BillingDetailsChangedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      BillingDetailsChangedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          billingEmail: {
            type: 'string',
          },
        },
        required: ['billingEmail', 'effectiveAt', 'licenseId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.invoice-issued.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.invoice-issued.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/InvoiceIssuedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      InvoiceIssuedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          invoiceNumber: {
            type: 'string',
          },
          issuedOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueOn: {
            $ref: '#/components/schemas/LocalDate',
          },
          cycle: {
            $ref: '#/components/schemas/InvoiceCycle',
          },
          lines: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/InvoiceLine',
            },
          },
          gross: {
            $ref: '#/components/schemas/Money',
          },
          creditApplied: {
            $ref: '#/components/schemas/Money',
          },
          total: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
          creditEntryId: {
            type: ['string', 'null'],
          },
        },
        required: [
          'creditApplied',
          'creditBalance',
          'creditEntryId',
          'cycle',
          'dueOn',
          'effectiveAt',
          'gross',
          'invoiceNumber',
          'issuedOn',
          'licenseId',
          'lines',
          'total',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.invoice-paid.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.invoice-paid.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/InvoicePaidData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      InvoicePaidData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          invoiceNumber: {
            type: 'string',
          },
          amount: {
            $ref: '#/components/schemas/Money',
          },
          method: {
            type: 'string',
          },
          reference: {
            type: 'string',
          },
          open: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['amount', 'effectiveAt', 'invoiceNumber', 'licenseId', 'method', 'open', 'reference'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.credit-granted.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.credit-granted.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/CreditGrantedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      CreditGrantedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          creditEntryId: {
            type: 'string',
          },
          credit: {
            $ref: '#/components/schemas/Money',
          },
          creditBalance: {
            $ref: '#/components/schemas/Money',
          },
        },
        required: ['credit', 'creditBalance', 'creditEntryId', 'effectiveAt', 'licenseId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.license-past-due.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-past-due.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/InvoiceUnpaidData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      InvoiceUnpaidData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          invoiceNumber: {
            type: 'string',
          },
          dueOn: {
            $ref: '#/components/schemas/LocalDate',
          },
        },
        required: ['changeId', 'dueOn', 'effectiveAt', 'invoiceNumber', 'licenseId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.license-expired.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-expired.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/InvoiceUnpaidData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.license-extended.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-extended.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/LicenseExtendedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      LicenseExtendedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          invoiceNumber: {
            type: 'string',
          },
          days: {
            type: 'number',
          },
          dueOnFrom: {
            $ref: '#/components/schemas/LocalDate',
          },
          dueOnTo: {
            $ref: '#/components/schemas/LocalDate',
          },
        },
        required: ['days', 'dueOnFrom', 'dueOnTo', 'effectiveAt', 'invoiceNumber', 'licenseId'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.license-reactivated.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-reactivated.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/LicenseReactivatedData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      LicenseReactivatedData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          from: {
            type: 'string',
            enum: ['active', 'past_due', 'expired'],
          },
          to: {
            type: 'string',
            enum: ['active', 'past_due', 'expired'],
          },
        },
        required: ['changeId', 'effectiveAt', 'from', 'licenseId', 'to'],
        additionalProperties: false,
      },
      'PublicEventOf.io.seat-ledger.license-cancelled.v1': {
        type: 'object',
        properties: {
          specversion: {
            type: 'string',
            const: '1.0',
          },
          id: {
            type: 'string',
          },
          source: {
            type: 'string',
          },
          type: {
            type: 'string',
            const: 'io.seat-ledger.license-cancelled.v1',
          },
          subject: {
            type: 'string',
          },
          time: {
            $ref: '#/components/schemas/Instant',
          },
          recordedtime: {
            $ref: '#/components/schemas/Instant',
          },
          datacontenttype: {
            type: 'string',
            const: 'application/json',
          },
          dataschema: {
            type: 'string',
          },
          sequence: {
            type: 'string',
          },
          position: {
            type: 'string',
          },
          correlationid: {
            type: 'string',
          },
          causationid: {
            type: 'string',
          },
          data: {
            $ref: '#/components/schemas/LicenseCancelledData',
          },
        },
        required: [
          'specversion',
          'id',
          'source',
          'type',
          'subject',
          'time',
          'recordedtime',
          'datacontenttype',
          'dataschema',
          'sequence',
          'position',
          'data',
        ],
        additionalProperties: false,
      },
      LicenseCancelledData: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          effectiveAt: {
            $ref: '#/components/schemas/Instant',
          },
          changeId: {
            type: 'string',
          },
          endsOn: {
            $ref: '#/components/schemas/LocalDate',
          },
        },
        required: ['changeId', 'effectiveAt', 'endsOn', 'licenseId'],
        additionalProperties: false,
      },
      JsonDocument: {
        type: 'object',
        additionalProperties: {},
      },
      BillingRun: {
        type: 'object',
        properties: {
          runId: {
            type: 'string',
          },
          status: {
            type: 'string',
            enum: ['running', 'finished'],
          },
          until: {
            $ref: '#/components/schemas/Instant',
          },
          finishedAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          due: {
            type: 'number',
          },
          done: {
            type: 'number',
          },
          failed: {
            type: 'number',
          },
          failures: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/RenewalFailure',
            },
          },
        },
        required: ['runId', 'status', 'until', 'finishedAt', 'due', 'done', 'failed', 'failures'],
        additionalProperties: false,
      },
      RenewalFailure: {
        type: 'object',
        properties: {
          licenseId: {
            type: 'string',
          },
          dueAt: {
            $ref: '#/components/schemas/Instant',
          },
          reason: {
            type: 'string',
          },
        },
        required: ['licenseId', 'dueAt', 'reason'],
        additionalProperties: false,
      },
      QueueViewItems: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/QueueView',
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
      QueueView: {
        type: 'object',
        properties: {
          waiting: {
            type: 'number',
          },
          active: {
            type: 'number',
          },
          delayed: {
            type: 'number',
          },
          failed: {
            type: 'number',
          },
          kind: {
            $ref: '#/components/schemas/JobKind',
          },
        },
        required: ['active', 'delayed', 'failed', 'kind', 'waiting'],
        additionalProperties: false,
      },
      JobKind: {
        type: 'string',
        enum: ['renewal', 'deadline', 'push'],
      },
      ListJobsQuery: {
        type: 'object',
        properties: {
          limit: {
            type: 'number',
          },
          cursor: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/JobKind',
          },
          state: {
            $ref: '#/components/schemas/JobState',
          },
        },
        required: ['kind'],
        additionalProperties: false,
      },
      JobState: {
        type: 'string',
        enum: ['waiting', 'active', 'delayed', 'failed'],
      },
      JobViewList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              $ref: '#/components/schemas/JobView',
            },
          },
          nextCursor: {
            type: ['string', 'null'],
          },
        },
        required: ['items', 'nextCursor'],
        additionalProperties: false,
      },
      JobView: {
        type: 'object',
        properties: {
          jobId: {
            type: 'string',
          },
          kind: {
            $ref: '#/components/schemas/JobKind',
          },
          state: {
            $ref: '#/components/schemas/JobState',
          },
          licenseId: {
            type: 'string',
          },
          changeId: {
            type: ['string', 'null'],
          },
          dueAt: {
            $ref: '#/components/schemas/Instant',
          },
          queuedAt: {
            $ref: '#/components/schemas/Instant',
          },
          nextAt: {
            anyOf: [
              {
                $ref: '#/components/schemas/Instant',
              },
              {
                type: 'null',
              },
            ],
          },
          attempts: {
            type: 'number',
          },
          reason: {
            type: ['string', 'null'],
          },
        },
        required: [
          'jobId',
          'kind',
          'state',
          'licenseId',
          'changeId',
          'dueAt',
          'queuedAt',
          'nextAt',
          'attempts',
          'reason',
        ],
        additionalProperties: false,
      },
      MoveTestClockRequest: {
        type: 'object',
        properties: {
          now: {
            $ref: '#/components/schemas/Instant',
          },
        },
        required: ['now'],
        additionalProperties: false,
      },
    },
  },
};
