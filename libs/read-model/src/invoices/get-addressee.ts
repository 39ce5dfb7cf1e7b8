import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import { withStoreProblems } from '#commands';
import type { ExplainedInvoice } from '#contracts';
import type { Customer } from '#documents';
import { EventStore } from '#event-store';
import { licenseAsOf } from '../licenses/license-as-of.js';
import { ReadModel } from '../read-model.js';

/** Whom an invoice was issued to. */
export class GetAddressee extends Query<Customer> {
  constructor(
    readonly invoice: ExplainedInvoice,
    readonly principal: Principal,
  ) {
    super();
  }
}

/**
 * The customer as it was when the invoice was issued, so that a document does not change after the fact. An address
 * that was given later is taken where there was none: the first invoice is issued before anybody can give one.
 */
@QueryHandler(GetAddressee)
export class GetAddresseeHandler implements IQueryHandler<GetAddressee> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly store: EventStore,
  ) {}

  async execute({ invoice, principal }: GetAddressee): Promise<Customer> {
    const { licenseId, explanation } = invoice;
    const { state: now } = await this.readModel.license(licenseId, principal);
    const moment = { asOf: explanation.issued.effectiveAt, knownAt: null };
    const issuedTo = await withStoreProblems(licenseAsOf(this.store, licenseId, moment));
    const { billingEmail, address, timeZone } = issuedTo?.state ?? now;
    return { billingEmail, address: address ?? now.address, timeZone };
  }
}
