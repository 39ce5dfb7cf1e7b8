import { Injectable } from '@nestjs/common';
import type { Invoice } from '#contracts';
import { localDateAt } from '#calendar';
import { decodeEvent, EventStore } from '#event-store';
import { describeInvoice, evolveInvoice, licenseStream, type InvoiceHistory } from '#license';
import { withStoreProblems } from '../store-problems.js';
import { licenseAggregate } from './license-aggregate.js';
import type { LicenseOutcome } from './license-outcome.js';

/** Invoices from the events of their license: what was charged is not part of the state that commands are decided on. */
@Injectable()
export class InvoiceReader {
  constructor(private readonly store: EventStore) {}

  /** The invoice as it stood when the command was recorded. */
  async after(outcome: LicenseOutcome, invoiceNumber: string): Promise<Invoice> {
    const { state } = outcome;
    const history = await withStoreProblems(this.#historyOf(outcome, invoiceNumber));
    if (history === null) throw new Error(`there is no invoice ${invoiceNumber}`);
    return describeInvoice(history, state, localDateAt(state.effectiveAt, state.timeZone));
  }

  async #historyOf({ state, revision }: LicenseOutcome, invoiceNumber: string): Promise<InvoiceHistory | null> {
    const events = this.store.readStream(licenseStream(state.licenseId), { maxCount: Number(revision) + 1 });
    let history: InvoiceHistory | null = null;
    for await (const recorded of events) {
      history = evolveInvoice(history, invoiceNumber, decodeEvent(licenseAggregate.codec, recorded));
    }
    return history;
  }
}
