import { licenseIdOf, licenseStream } from '#license';

export const acme = licenseIdOf('acme.example');
const gone = licenseIdOf('gone.example');
const late = licenseIdOf('late.example');
const nobody = 'ffffffff-0000-5000-8000-000000000000';
export const invoice = 'ACME.EXAMPLE-0002';

/** A fault in the rows, and the figure that must be named. */
export const rowFaults: readonly (readonly [what: string, sql: string, figure: string])[] = [
  [
    'a changed credit amount',
    `UPDATE credit_entries SET amount_minor = amount_minor + 1 WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].amount_minor',
  ],
  [
    'a wrong balance',
    `UPDATE credit_entries SET balance_after_minor = 1 WHERE license_id = '${acme}' AND ordinal = 2`,
    'credit_entries[2].balance_after_minor',
  ],
  [
    'a lost credit entry',
    `DELETE FROM credit_entries WHERE license_id = '${acme}' AND ordinal = 2`,
    'credit_entries[2]',
  ],
  [
    'a doubled credit entry',
    `INSERT INTO credit_entries SELECT license_id, 99, entry_id || '-again', kind, currency, amount_minor, balance_after_minor, effective_at, effective_on, recorded_at, change_id, invoice_number, reason, computation, grants_used, actor_id, actor_role, event_id, revision, previous_hash, hash FROM credit_entries WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[99]',
  ],
  [
    'a changed hash',
    `UPDATE credit_entries SET hash = repeat('0', 64) WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].hash',
  ],
  [
    'a changed computation',
    `UPDATE credit_entries SET computation = '{"seats":1}' WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].computation.seatDaysAfter',
  ],
  [
    'grants used that were others',
    `UPDATE credit_entries SET grants_used = '[]' WHERE license_id = '${acme}' AND kind = 'applied'`,
    'credit_entries[4].grants_used',
  ],
  [
    'a moment moved by a millisecond',
    `UPDATE credit_entries SET effective_at = effective_at + interval '1 millisecond' WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].effective_at',
  ],
  [
    'a credit that somebody else is said to have asked for',
    `UPDATE credit_entries SET actor_id = 'nobody' WHERE license_id = '${acme}' AND ordinal = 1`,
    'credit_entries[1].actor_id',
  ],
  [
    'an invoice that is said to have been settled later',
    `UPDATE invoices SET settled_at = settled_at + interval '1 day' WHERE invoice_number = 'ACME.EXAMPLE-0001'`,
    'invoices[ACME.EXAMPLE-0001].settled_at',
  ],
  ['a lost license', `DELETE FROM licenses WHERE license_id = '${acme}'`, 'licenses'],
  [
    'a license that is an event behind',
    `UPDATE licenses SET revision = revision - 1 WHERE license_id = '${acme}'`,
    'licenses.revision',
  ],
  [
    'a balance in the state',
    `UPDATE licenses SET state = jsonb_set(state::jsonb, '{creditBalanceMinor}', '1')::json WHERE license_id = '${acme}'`,
    'licenses.state.creditBalanceMinor',
  ],
  [
    'a license that is never due',
    `UPDATE licenses SET next_due_at = NULL WHERE license_id = '${acme}'`,
    'licenses.next_due_at',
  ],
  [
    'another billing email',
    `UPDATE licenses SET billing_email = 'thief@other.example' WHERE license_id = '${acme}'`,
    'licenses.billing_email',
  ],
  [
    'an invoice with another total',
    `UPDATE invoices SET total_minor = 1 WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].total_minor`,
  ],
  [
    'an invoice that seems paid',
    `UPDATE invoices SET open_minor = 0 WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].open_minor`,
  ],
  [
    'a changed invoice line',
    `UPDATE invoices SET issued = replace(issued::text, '"quantity":55', '"quantity":54')::json WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].issued.lines[0].quantity`,
  ],
  ['a lost invoice', `DELETE FROM invoices WHERE invoice_number = '${invoice}'`, `invoices[${invoice}]`],
  [
    'an invoice that is overdue later',
    `UPDATE invoices SET past_due_at = past_due_at + interval '1 day' WHERE invoice_number = '${invoice}'`,
    `invoices[${invoice}].past_due_at`,
  ],
  ['a lost payment', `DELETE FROM payments WHERE license_id = '${acme}' AND revision = 2`, 'payments[2]'],
  [
    'a doubled payment',
    `INSERT INTO payments SELECT license_id, 999, invoice_number, amount_minor, method, reference, event_id, effective_at, recorded_at FROM payments WHERE license_id = '${acme}' AND revision = 2`,
    'payments[999]',
  ],
  [
    'a staff member who is active again',
    `UPDATE staff SET status = 'active' WHERE license_id = '${acme}' AND staff_id = 's2'`,
    'staff[s2].status',
  ],
  [
    'a staff member who is somebody else',
    `UPDATE staff SET person = '{"key":1,"sealed":"AAAA"}' WHERE license_id = '${acme}' AND staff_id = 's3'`,
    'staff[s3].person.key',
  ],
  [
    'a person who was forgotten and is known',
    `UPDATE staff SET person = '{"key":1,"sealed":"AAAA"}' WHERE license_id = '${acme}' AND staff_id = 's1'`,
    'staff[s1].person',
  ],
  ['a lost staff member', `DELETE FROM staff WHERE license_id = '${acme}' AND staff_id = 's1'`, 'staff[s1]'],
  [
    'a next invoice without its credit',
    `UPDATE next_invoices SET credit_applied_minor = 0 WHERE license_id = '${acme}'`,
    'next_invoices.credit_applied_minor',
  ],
  [
    'a next invoice for a license that is cancelled',
    `INSERT INTO next_invoices SELECT '${gone}', issues_on, starts_on, ends_on, cycle_days, currency, lines, gross_minor, credit_applied_minor, total_minor, credit_balance_after_minor, domain FROM next_invoices WHERE license_id = '${acme}'`,
    'next_invoices',
  ],
  [
    'a change that seems to have arrived',
    `UPDATE propagations SET status = 'propagated' WHERE license_id = '${acme}' AND status = 'pending'`,
    '.status',
  ],
  ['a lost change', `DELETE FROM propagations WHERE license_id = '${acme}' AND status = 'overdue'`, 'propagations['],
  [
    'rows of a license that never was',
    `INSERT INTO staff (license_id, staff_id, role, status) VALUES ('${nobody}', 's', 'agent', 'active')`,
    'staff[s]',
  ],
  [
    'another amount in the journal',
    `UPDATE journal_entries SET cash_minor = cash_minor + 1, receivable_minor = receivable_minor - 1 WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2].cash_minor',
  ],
  [
    'an entry in the books of another month',
    `UPDATE journal_entries SET month = '2026-09' WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2].month',
  ],
  [
    'a late entry that does not say so',
    `UPDATE journal_entries SET late_from = NULL WHERE license_id = '${late}'`,
    'journal_entries[1].late_from',
  ],
  [
    'a lost entry of the journal',
    `DELETE FROM journal_entries WHERE license_id = '${acme}' AND revision = 2`,
    'journal_entries[2]',
  ],
  [
    'a total that its entries do not give',
    `UPDATE journal_totals SET debit_minor = debit_minor + 1 WHERE account = 'cash' AND effective_on = '2026-06-02'`,
    'journal_totals[2026-06 2026-06-02 USD cash]',
  ],
  ['a month that seems open', `DELETE FROM accounting_closings`, 'accounting_closings[2026-06]'],
  [
    'more left of a grant',
    `UPDATE open_grants SET remaining_minor = remaining_minor + 1 WHERE license_id = '${acme}'`,
    'open_grants[',
  ],
  ['seats that seem used', `DELETE FROM unused_seats WHERE license_id = '${acme}'`, 'unused_seats'],
  [
    'seat-days that were never charged',
    `UPDATE charged_cycles SET uncharged_seat_days = 1 WHERE license_id = '${acme}' AND cycle_index = 0`,
    'charged_cycles[0].uncharged_seat_days',
  ],
  [
    'a total of policies that its cycles do not give',
    `UPDATE policy_totals SET prorated_minor = prorated_minor + 1 WHERE starts_on = (SELECT min(starts_on) FROM policy_totals)`,
    'policy_totals[',
  ],
  [
    'another price in the catalogue',
    `UPDATE plan_editions SET prices = '[]' WHERE plan_id = 'team' AND revision = 0`,
    'plan_editions[team 0].prices',
  ],
  ['a lost edition of a plan', `DELETE FROM plan_editions WHERE plan_id = 'pro'`, 'plan_editions[pro 0]'],
  [
    'a checkpoint that is too early',
    `UPDATE projection_checkpoints SET commit_position = 0, prepare_position = 0`,
    'licenses',
  ],
  [
    'a checkpoint beyond the end of the log',
    `UPDATE projection_checkpoints SET commit_position = 9000000000000000000`,
    'projection_checkpoints.commit_position',
  ],
  [
    'a parked license',
    `INSERT INTO parked_streams VALUES ('${licenseStream(acme)}', gen_random_uuid(), 'InvoicePaid', 2, 'because')`,
    licenseStream(acme),
  ],
];

/** What an event says. */
export type Data = Record<string, unknown>;

/** A fault in the log: what a recorded event is turned into, its id made anew, so that no id gives it away. */
export const eventFaults: readonly (readonly [
  what: string,
  event: string,
  change: (data: Data) => Data,
  figure: string,
])[] = [
  [
    'more credit than the formula gives',
    'SeatsReduced',
    (d) => ({ ...d, credit: { ...(d['credit'] as Data), amountMinor: 8_001 } }),
    'SeatsReduced.credit.amountMinor',
  ],
  [
    'a balance that does not follow',
    'SeatsReduced',
    (d) => ({ ...d, creditBalanceMinor: 7 }),
    'SeatsReduced.creditBalanceMinor',
  ],
  [
    'seat-days of another day',
    'SeatsReduced',
    (d) => ({ ...d, computation: { ...(d['computation'] as Data), remainingDays: 21 } }),
    'SeatsReduced.computation.remainingDays',
  ],
  [
    'another price than was paid',
    'SeatsReduced',
    (d) => ({ ...d, computation: { ...(d['computation'] as Data), unitPriceMinor: 999 } }),
    'SeatsReduced.computation.unitPriceMinor',
  ],
  [
    'an entry number that skips one',
    'CreditGranted',
    (d) => ({ ...d, credit: { ...(d['credit'] as Data), entryNumber: 'ACME.EXAMPLE-C0009' } }),
    'CreditGranted.credit.entryNumber',
  ],
  [
    'an invoice number that skips one',
    'InvoiceIssued',
    (d) => ({ ...d, invoiceNumber: 'ACME.EXAMPLE-0009' }),
    'InvoiceIssued.invoiceNumber',
  ],
  ['another gross', 'InvoiceIssued', (d) => ({ ...d, grossMinor: 1 }), 'InvoiceIssued.grossMinor'],
  ['another total', 'InvoiceIssued', (d) => ({ ...d, totalMinor: 1 }), 'InvoiceIssued.totalMinor'],
  [
    'credit that was not applied',
    'InvoiceIssued',
    (d) => ({ ...d, creditAppliedMinor: 1 }),
    'InvoiceIssued.creditAppliedMinor',
  ],
  [
    'grants used newest first',
    'InvoiceIssued',
    (d) => ({ ...d, grantsUsed: (d['grantsUsed'] as unknown[]).toReversed() }),
    'InvoiceIssued.grantsUsed[0]',
  ],
  ['another due date', 'InvoiceIssued', (d) => ({ ...d, dueOn: '2026-07-09' }), 'InvoiceIssued.dueOn'],
  [
    'a payment of more than was open',
    'InvoicePaid',
    (d) => ({ ...d, amountMinor: 99_999_999 }),
    'InvoicePaid.openMinor',
  ],
  [
    'time that goes back',
    'CreditGranted',
    (d) => ({ ...d, effectiveAt: '2026-06-01T10:00:00.000Z' }),
    'CreditGranted.effectiveAt goes back',
  ],
  [
    'a staff count that was not counted',
    'StaffDisabled',
    (d) => ({ ...d, activeStaff: 2 }),
    'StaffDisabled.activeStaff',
  ],
  [
    'a person sealed under another key',
    'StaffAdded',
    (d) => ({ ...d, person: { key: 2, sealed: 'AAAA' } }),
    'StaffAdded.person.key',
  ],
  ['an erasure that names another key', 'PersonalDataErased', (d) => ({ ...d, key: 2 }), 'PersonalDataErased.key'],
  [
    'an erasure that counts staff who were not there',
    'PersonalDataErased',
    (d) => ({ ...d, staff: 9 }),
    'PersonalDataErased.staff',
  ],
  [
    'a date for the plan that is no boundary',
    'PlanChangeScheduled',
    (d) => ({ ...d, effectiveOn: '2026-07-31' }),
    'PlanChangeScheduled.effectiveOn',
  ],
  [
    'a command that would have been refused',
    'SeatsReduced',
    (d) => ({ ...d, disabledStaff: ['s9'] }),
    'SeatsReduced.disabledStaff',
  ],
  [
    'arrival in time that was late',
    'ChangePropagated',
    (d) => ({ ...d, effectiveAt: '2026-07-30T00:00:00.000Z' }),
    'ChangePropagated.late',
  ],
];
