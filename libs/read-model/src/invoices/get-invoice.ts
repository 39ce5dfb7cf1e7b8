import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import { localDateAt } from '#calendar';
import { withStoreProblems } from '#commands';
import type { ExplainedInvoice } from '#contracts';
import { EventStore } from '#event-store';
import { notFound } from '#http';
import {
  describeInvoice,
  explainInvoice,
  invoiceHistory,
  invoiceStory,
  licenseIdOf,
  parseInvoiceNumber,
} from '#license';
import { Clock } from '#platform';
import type { AsOfRequest } from '../as-of/as-of.request.dto.js';
import { licenseFacts } from '../as-of/license-facts.js';
import { momentInWords } from '../as-of/moment.js';
import { Moments } from '../as-of/moments.js';
import { ReadModel } from '../read-model.js';

export class GetInvoice extends Query<ExplainedInvoice> {
  constructor(
    readonly invoiceNumber: string,
    readonly request: AsOfRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

/** An invoice with its explanation, from the events of its license: the same whether it is asked for as it is or was. */
@QueryHandler(GetInvoice)
export class GetInvoiceHandler implements IQueryHandler<GetInvoice> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly moments: Moments,
  ) {}

  async execute({ invoiceNumber, request, principal }: GetInvoice): Promise<ExplainedInvoice> {
    const moment = this.moments.of(request);
    const licenseId = await this.#licenseOf(invoiceNumber, principal);
    const story = await withStoreProblems(invoiceStory(licenseFacts(this.store, licenseId, moment), invoiceNumber));
    if (story === null) {
      throw notFound(
        moment === undefined
          ? `There is no invoice ${invoiceNumber}.`
          : `There was no invoice ${invoiceNumber} as of ${momentInWords(moment)}.`,
      );
    }
    const today = localDateAt(moment?.asOf ?? this.clock.now(), story.timeZone);
    return { ...describeInvoice(invoiceHistory(story), story, today), explanation: explainInvoice(story) };
  }

  /** @throws ProblemException `not-found`, also when there is the invoice but not for this principal */
  async #licenseOf(invoiceNumber: string, principal: Principal): Promise<string> {
    const parsed = parseInvoiceNumber(invoiceNumber);
    if (parsed === null) throw notFound('That is no invoice number; they look like ACME.EXAMPLE-0001.');
    const row = await this.readModel.db
      .selectFrom('licenses')
      .select('license_id')
      .where('license_id', '=', licenseIdOf(parsed.domain))
      .where(this.readModel.visibleTo(principal))
      .executeTakeFirst();
    if (row === undefined) throw notFound(`There is no invoice ${invoiceNumber}.`);
    return row.license_id;
  }
}
