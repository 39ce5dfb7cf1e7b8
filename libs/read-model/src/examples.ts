/** One customer's story, from which the interface's description takes its examples. */
const usd = (amount: number) => ({ amount, currency: 'USD' });
const licenseId = '6a2bbd3c-6ba6-5a45-a8b7-2bd0e1cbf2a6';
const changeId = '0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11';
const eventOf = (id: string, revision: number) => ({ id, stream: `license-${licenseId}`, revision });
const reduced = eventOf('5b2a6a0e-0a3f-5c76-9a10-3f1d6c2b7e90', 7);
const issued = eventOf('c1b6f6f0-62c8-5b1f-8a3a-0d6c8c6d8f01', 8);

const july = { startsOn: '2026-07-01', endsOn: '2026-08-01', days: 31 };
const line = {
  description: 'Team: 48 seats, 2026-07-01 to 2026-07-31',
  planId: 'team',
  quantity: 48,
  unitPrice: usd(1000),
  amount: usd(48000),
};
const june = { startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 };
const computation = {
  ...{ seats: 48, previousSeats: 60, paidSeats: 60, remainingDays: 20, creditedSeatsBefore: 0, creditedSeatsAfter: 12 },
  ...{ seatDaysBefore: 0, seatDaysAfter: 240, cycleDays: 30, cycle: june, unitPrice: usd(1000) },
};
const removal = '12 of 60 paid seats removed on 11 June 2026: 20 of 30 days left, 12 × 10.00 × 20/30 = 80.00 USD.';
const byCustomer = { id: 'billing@acme.example', role: 'customer' };
const reducedBy = {
  ...reduced,
  actor: byCustomer,
  effectiveAt: '2026-06-11T09:30:00.000Z',
  recordedAt: '2026-06-11T09:30:00.004Z',
};
const issuedBy = {
  ...issued,
  actor: { id: 'time', role: 'system' },
  effectiveAt: '2026-07-01T00:00:00.000Z',
  recordedAt: '2026-07-01T00:00:00.312Z',
};

const invoice = {
  invoiceNumber: 'ACME.EXAMPLE-0002',
  licenseId,
  domain: 'acme.example',
  status: 'open',
  issuedOn: '2026-07-01',
  dueOn: '2026-07-08',
  cycle: july,
  lines: [line],
  gross: usd(48000),
  creditApplied: usd(8000),
  total: usd(40000),
  paid: usd(0),
  open: usd(40000),
};

const policies = { nextCycle: usd(9333), proratedIncreases: usd(10000), highWaterMark: usd(12000) };
const accountBalance = (account: string, opening: number, debit: number, credit: number) => ({
  currency: 'USD',
  account,
  opening: usd(opening),
  debit: usd(debit),
  credit: usd(credit),
  balance: usd(opening + debit - credit),
});

const buckets = (young: string, amount: number) => [
  { name: young, fromDays: null, toDays: null, count: 1, amount: usd(amount) },
  { name: '1-30', fromDays: 1, toDays: 30, count: 0, amount: usd(0) },
];

const creditEntry = {
  entryId: 'ACME.EXAMPLE-C0001',
  licenseId,
  kind: 'granted',
  amount: usd(8000),
  balanceAfter: usd(8000),
  effectiveAt: '2026-06-11T09:30:00.000Z',
  effectiveOn: '2026-06-11',
  recordedAt: '2026-06-11T09:30:00.004Z',
  changeId,
  invoiceNumber: null,
  reason: null,
  computation,
  grantsUsed: [],
  actor: byCustomer,
  explanation: `${removal} Balance: 0.00 + 80.00 = 80.00 USD.`,
  event: reduced,
  previousHash: null,
  hash: 'e422a268f9638d33ab10da2e63e226ceb2098987dc2b6b078d4589dc46970290',
};

export const listOf = (item: object) => ({ items: [item], nextCursor: null });

export const examples = {
  license: {
    licenseId,
    domain: 'acme.example',
    billingEmail: 'billing@acme.example',
    status: 'active',
    planId: 'team',
    plannedChange: null,
    interval: 'month',
    currency: 'USD',
    timeZone: 'UTC',
    startedOn: '2026-06-01',
    endsOn: null,
    seats: 48,
    paidSeats: 60,
    activeStaff: 48,
    personalDataErasedAt: null,
    cycle: { index: 0, startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 },
    creditBalance: usd(8000),
    helpdesk: { access: 'accessible', message: null },
    propagation: { pending: 1, overdue: 0 },
    revision: 7,
  },
  staff: {
    staffId: 'ada',
    licenseId,
    email: 'ada@acme.example',
    name: 'Ada Lovelace',
    role: 'agent',
    status: 'active',
  },
  plan: { planId: 'team', name: 'Team', prices: [{ currency: 'USD', interval: 'month', amount: 1000 }] },
  nextInvoice: {
    licenseId,
    domain: 'acme.example',
    issuesOn: '2026-07-01',
    cycle: july,
    lines: [line],
    gross: usd(48000),
    creditApplied: usd(8000),
    total: usd(40000),
    creditBalanceAfter: usd(0),
  },
  nextInvoiceSummary: {
    currency: 'USD',
    month: '2026-07',
    invoices: 1,
    gross: usd(48000),
    creditApplied: usd(8000),
    total: usd(40000),
  },
  invoice,
  explainedInvoice: {
    ...invoice,
    explanation: {
      issued: issuedBy,
      lines: [
        {
          ...line,
          billedDays: 31,
          cycleDays: 31,
          formula: '10.00 × 48 seats × 31 / 31 days',
          rounding: 'half up to a whole minor unit',
          explanation:
            '48 seats at 10.00 per seat and month for the cycle of 1 July 2026 to 31 July 2026: 48 × 10.00 = 480.00 USD. ' +
            'Seats: 60 on the invoice before, −12 on 11 June 2026: 60 − 12 = 48.',
          seatChanges: [
            {
              changeId,
              effectiveOn: '2026-06-11',
              computation,
              credit: usd(8000),
              explanation: removal,
              event: reducedBy,
            },
          ],
          planChange: null,
          event: issuedBy,
        },
      ],
      appliedBy: 'ACME.EXAMPLE-C0002',
      credits: [
        {
          entryId: 'ACME.EXAMPLE-C0001',
          kind: 'granted',
          used: usd(8000),
          granted: usd(8000),
          usedBefore: [],
          effectiveAt: '2026-06-11T09:30:00.000Z',
          changeId,
          reason: null,
          computation,
          formula: '10.00 × 240 seat-days / 30 days',
          rounding: 'half up to a whole minor unit',
          explanation: removal,
          event: reducedBy,
        },
      ],
      payments: [],
      extensions: [],
      summary: [
        'Credit: of a balance of 80.00 USD, 80.00 USD are set against it; 80.00 − 80.00 = 0.00 USD are left.',
        'Total: 480.00 − 80.00 = 400.00 USD.',
        'Issued on 1 July 2026, due on 8 July 2026.',
        'Nothing was paid yet. Open: 400.00 USD.',
      ],
    },
  },
  creditEntry,
  creditStory: {
    ...creditEntry,
    takings: [
      { entryId: 'ACME.EXAMPLE-C0002', invoiceNumber: 'ACME.EXAMPLE-0002', amount: usd(8000), event: issuedBy },
    ],
    remainder: { amount: usd(0), explanation: 'Of it, 80.00 − 80.00 (ACME.EXAMPLE-C0002) = 0.00 USD are left.' },
  },
  propagation: {
    changeId,
    licenseId,
    kind: 'SeatsReduced',
    status: 'pending',
    late: false,
    requestedAt: '2026-06-11T09:30:00.000Z',
    deadline: '2026-06-12T09:30:00.000Z',
    propagatedAt: null,
    attempts: 0,
    lastError: null,
    contact: null,
    revision: 7,
  },
  unusedSeats: {
    licenseId,
    domain: 'acme.example',
    seats: 60,
    usedSeats: 48,
    unusedSeats: 12,
    safeSeats: 48,
    creditNow: usd(8000),
    savingPerCycle: usd(12000),
  },
  chargedCycle: {
    licenseId,
    invoiceNumber: 'ACME.EXAMPLE-0001',
    cycle: { startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 },
    unitPrice: usd(1000),
    paidSeats: 10,
    highestSeats: 12,
    creditedSeatDays: 20,
    unchargedSeatDays: 20,
    uncharged: usd(667),
    policies,
    explanation: {
      nextCycle:
        'Invoiced: 10 × 10.00 × 30/30 = 100.00 USD. Credited for 20 seat-days given back: 10.00 × 20/30 = 6.67, rounded half up. That leaves 100.00 − 6.67 = 93.33 USD.',
      proratedIncreases:
        'Seats beyond the paid ones were held for 20 seat-days, 10.00 × 20/30 = 6.67, rounded half up. On top of what was charged, 93.33 + 6.67 = 100.00 USD.',
      highWaterMark: 'At most 12 seats were held: 12 × 10.00 × 30/30 = 120.00 USD.',
    },
  },
  policySummary: {
    currency: 'USD',
    month: '2026-06',
    cycles: 1,
    creditedSeatDays: 20,
    unchargedSeatDays: 20,
    uncharged: usd(667),
    policies,
  },
  invoiceAging: { currency: 'USD', invoices: 1, open: usd(40000), buckets: buckets('not-due', 40000) },
  creditBalanceAging: { currency: 'USD', licenses: 1, balance: usd(8000), buckets: buckets('today', 8000) },
  journalEntry: {
    licenseId,
    kind: 'invoice',
    document: 'ACME.EXAMPLE-0002',
    month: '2026-07',
    lateFrom: null,
    effectiveAt: '2026-07-01T00:00:00.000Z',
    recordedAt: '2026-07-01T00:00:00.312Z',
    lines: [
      { account: 'receivable', debit: usd(40000), credit: usd(0) },
      { account: 'customer-credit', debit: usd(8000), credit: usd(0) },
      { account: 'revenue', debit: usd(0), credit: usd(48000) },
    ],
    position: 'AAAAAAAAB9AAAAAAAAAH0A',
    event: issued,
  },
  auditEntry: {
    type: 'SeatsReduced',
    licenseId,
    actor: { id: 'ada@acme.example', role: 'customer' },
    client: 'acme-portal',
    requestId: '4f3c2b1a-0d9e-4c8b-8a7f-6e5d4c3b2a10',
    recordedAt: '2026-06-11T09:30:00.125Z',
    effectiveAt: '2026-06-11T09:30:00.000Z',
    event: reduced,
  },
  accountBalances: {
    items: [
      accountBalance('cash', 0, 60000, 0),
      accountBalance('receivable', 0, 60000, 60000),
      accountBalance('customer-credit', 0, 0, 8000),
      accountBalance('revenue', 0, 8000, 60000),
    ],
    totals: [{ currency: 'USD', opening: usd(0), debit: usd(128000), credit: usd(128000), balance: usd(0) }],
  },
  accountingPeriod: {
    month: '2026-06',
    status: 'closed',
    closedAt: '2026-07-02T08:00:00.000Z',
    closedBy: 'billing@seller.example',
    event: { id: '0f6c0f0e-52f4-5d0d-8f5e-6a2c9f3b7d11', stream: 'accounting-periods', revision: 0 },
  },
};
