import type { Invoice, License, List, NextInvoice, Propagation, Quote, SeatChange } from '#contracts';
import type { LedgerApi } from '../api.js';

interface Terms {
  readonly planId: string;
  readonly seats: number;
  readonly startedOn: string;
  readonly interval?: string;
  readonly callbackUrl?: string;
}

/** A customer of the demonstration: one license, and the calls that its stories make. */
export class Customer {
  private license: License | undefined;

  constructor(readonly domain: string) {}

  get licenseId(): string {
    if (!this.license) throw new Error(`${this.domain} is not registered`);
    return this.license.licenseId;
  }

  async register(api: LedgerApi, terms: Terms) {
    this.license = await api.post<License>('/v1/licenses', {
      domain: this.domain,
      billingEmail: `billing@${this.domain}`,
      currency: 'USD',
      interval: 'month',
      ...terms,
    });
    return this.license;
  }

  current(api: LedgerApi): Promise<License> {
    return api.get(`/v1/licenses/${this.licenseId}`);
  }

  changeSeats(api: LedgerApi, change: { seats: number; disableStaff?: string[]; quoteToken?: string }) {
    return api.post<SeatChange>(`/v1/licenses/${this.licenseId}/seat-changes`, change);
  }

  quote(api: LedgerApi, change: { seats: number; disableStaff?: string[] }) {
    return api.post<Quote>(`/v1/licenses/${this.licenseId}/quotes`, change);
  }

  nextInvoice(api: LedgerApi): Promise<NextInvoice> {
    return api.get(`/v1/licenses/${this.licenseId}/next-invoice`);
  }

  async invoices(api: LedgerApi): Promise<readonly Invoice[]> {
    return (await api.get<List<Invoice>>(`/v1/invoices?licenseId=${this.licenseId}`)).items;
  }

  async newestInvoice(api: LedgerApi): Promise<Invoice> {
    const newest = (await this.invoices(api)).toSorted((a, b) => a.invoiceNumber.localeCompare(b.invoiceNumber)).at(-1);
    if (!newest) throw new Error(`${this.domain} has no invoice`);
    return newest;
  }

  /** The license's last change on its way to the helpdesk. */
  async newestPropagation(api: LedgerApi): Promise<Propagation> {
    const { items } = await api.get<List<Propagation>>(`/v1/licenses/${this.licenseId}/propagations`);
    const newest = items.toSorted((a, b) => a.revision - b.revision).at(-1);
    if (!newest) throw new Error(`${this.domain} has changed nothing`);
    return newest;
  }

  /** Pays what is open, as customers do. */
  async pay(api: LedgerApi): Promise<void> {
    for (const invoice of await this.invoices(api)) {
      if (invoice.open.amount === 0) continue;
      const payment = { amount: invoice.open, method: 'card', reference: `demo ${invoice.invoiceNumber}` };
      await api.post(`/v1/invoices/${invoice.invoiceNumber}/payments`, payment);
    }
  }

  async addStaff(api: LedgerApi, count: number): Promise<void> {
    for (let n = 1; n <= count; n += 1) {
      const staff = { staffId: `agent-${n}`, email: `agent-${n}@${this.domain}`, name: `Agent ${n}`, role: 'agent' };
      await api.post(`/v1/licenses/${this.licenseId}/staff`, staff);
    }
  }
}
