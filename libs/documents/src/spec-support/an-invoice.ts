import type { ExplainedCredit, ExplainedInvoice } from '#contracts';
import { money } from '#money';
import type { InvoiceDocument, Seller } from '../invoice/invoice-document.js';

const licenseId = '0637e301-e05d-505b-8267-486f5677de9b';
const event = {
  id: 'c1b6f6f0-62c8-5b1f-8a3a-0d6c8c6d8f01',
  stream: `license-${licenseId}`,
  revision: 8,
  actor: { id: 'time', role: 'system' },
  effectiveAt: '2026-07-01T00:00:00.000Z',
  recordedAt: '2026-07-01T00:00:00.312Z',
};

export const aSeller: Seller = {
  name: 'Lumen Desk GmbH',
  address: 'Invalidenstraße 7\n10115 Berlin\nGermany',
  taxId: 'VAT DE123456789',
  contact: 'billing@lumendesk.example',
  paymentInstructions:
    'By bank transfer to IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001.\nReference: {invoiceNumber}',
  note: 'Reverse charge: the recipient is liable for VAT (Art. 196, Directive 2006/112/EC).',
};

/** The third worked example: twelve of sixty seats were removed in June. Differing parts are given. */
export function anInvoice(parts: Partial<ExplainedInvoice> = {}, currency = 'USD'): ExplainedInvoice {
  const amount = (minor: number) => money(minor, currency);
  const line = {
    description: 'Team: 48 seats, 2026-07-01 to 2026-07-31',
    planId: 'team',
    quantity: 48,
    unitPrice: amount(1_000),
    amount: amount(48_000),
  };
  return {
    invoiceNumber: 'ACME.EXAMPLE-0002',
    licenseId,
    domain: 'acme.example',
    status: 'open',
    issuedOn: '2026-07-01',
    dueOn: '2026-07-08',
    cycle: { startsOn: '2026-07-01', endsOn: '2026-08-01', days: 31 },
    lines: [line],
    gross: amount(48_000),
    creditApplied: amount(8_000),
    total: amount(40_000),
    paid: amount(0),
    open: amount(40_000),
    explanation: {
      issued: event,
      lines: [],
      appliedBy: 'ACME.EXAMPLE-C0002',
      credits: [aCredit({}, currency)],
      payments: [],
      extensions: [],
      summary: [],
    },
    ...parts,
  };
}

export function aCredit(parts: Partial<ExplainedCredit> = {}, currency = 'USD'): ExplainedCredit {
  return {
    entryId: 'ACME.EXAMPLE-C0001',
    kind: 'granted',
    used: money(8_000, currency),
    granted: money(8_000, currency),
    effectiveAt: '2026-06-11T09:30:00.000Z',
    changeId: '0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11',
    reason: null,
    computation: {
      seats: 48,
      previousSeats: 60,
      cycle: { startsOn: '2026-06-01', endsOn: '2026-07-01', days: 30 },
      paidSeats: 60,
      remainingDays: 20,
      creditedSeatsBefore: 0,
      creditedSeatsAfter: 12,
      seatDaysBefore: 0,
      seatDaysAfter: 240,
      cycleDays: 30,
      unitPrice: money(1_000, currency),
    },
    usedBefore: [],
    formula: null,
    rounding: null,
    explanation: '',
    event,
    ...parts,
  };
}

export function aDocument(parts: Partial<InvoiceDocument> = {}): InvoiceDocument {
  return {
    invoice: anInvoice(),
    customer: {
      billingEmail: 'billing@acme.example',
      address: 'Acme, Inc.\n1 Main Street\nSpringfield',
      timeZone: 'UTC',
    },
    seller: aSeller,
    ...parts,
  };
}
