import type { ExplainedInvoice } from '#contracts';

/** Who issues the invoices. Also the injection token. */
export abstract class Seller {
  /** Absent: invoices say that they are specimens, because an invoice without a seller is none. */
  abstract readonly name: string | undefined;
  /** Lines are separated by line feeds, here and below. */
  abstract readonly address: string | undefined;
  /** As it is to be printed, such as `VAT DE123456789`. */
  abstract readonly taxId: string | undefined;
  /** Where to turn with questions. */
  abstract readonly contact: string | undefined;
  /** How to pay; `{invoiceNumber}` stands for the invoice's number. */
  abstract readonly paymentInstructions: string | undefined;
  /** What every invoice has to say, such as how tax is dealt with. */
  abstract readonly note: string | undefined;
}

/** Whom an invoice was issued to. */
export interface Customer {
  readonly billingEmail: string;
  readonly address: string | null;
  /** In which the days of the invoice are counted. */
  readonly timeZone: string;
}

/** An invoice with all that a document says of it. */
export interface InvoiceDocument {
  readonly invoice: ExplainedInvoice;
  readonly customer: Customer;
  readonly seller: Seller;
}
