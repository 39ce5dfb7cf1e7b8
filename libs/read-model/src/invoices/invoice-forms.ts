import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { ExplainedInvoice } from '#contracts';
import {
  contentSecurityPolicy,
  invoicePage,
  InvoicePrinter,
  PrinterBusy,
  Seller,
  type InvoiceDocument,
} from '#documents';
import { Accepted, answer, inline, ProblemException, type Answer } from '#http';
import { GetAddressee } from './get-addressee.js';

export const invoiceForms = ['application/json', 'text/html', 'application/pdf'] as const;
export type InvoiceForm = (typeof invoiceForms)[number];

/** In which form the caller wants the invoice. */
export const AcceptedInvoiceForm = (): ParameterDecorator => Accepted(invoiceForms);

/** An invoice in the form that was asked for: with its explanation as JSON, to print as HTML or PDF. */
@Injectable()
export class InvoiceForms implements OnModuleDestroy {
  readonly #printer = new InvoicePrinter();

  constructor(
    private readonly queries: QueryBus,
    private readonly seller: Seller,
  ) {}

  async of(
    invoice: ExplainedInvoice,
    form: InvoiceForm,
    principal: Principal,
  ): Promise<ExplainedInvoice | Answer<string | Buffer>> {
    switch (form) {
      case 'application/json':
        return invoice;
      case 'text/html':
        return answer(invoicePage(await this.#document(invoice, principal)), {
          type: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': contentSecurityPolicy },
        });
      case 'application/pdf':
        return answer(await this.#print(await this.#document(invoice, principal)), {
          type: form,
          headers: inline(`${invoice.invoiceNumber}.pdf`),
        });
    }
  }

  async #print(document: InvoiceDocument): Promise<Buffer> {
    try {
      return await this.#printer.pdf(document);
    } catch (error) {
      if (!(error instanceof PrinterBusy)) throw error;
      const detail = 'Too many invoices wait to be printed. Try again in a few seconds.';
      throw new ProblemException('too-many-requests', detail, {}, { 'retry-after': '5' });
    }
  }

  onModuleDestroy(): Promise<void> {
    return this.#printer.stop();
  }

  async #document(invoice: ExplainedInvoice, principal: Principal): Promise<InvoiceDocument> {
    const customer = await this.queries.execute(new GetAddressee(invoice, principal));
    return { invoice, customer, seller: this.seller };
  }
}
