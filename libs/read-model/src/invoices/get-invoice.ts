import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { ExplainedInvoice } from '#contracts';
import { notFound } from '#http';
import { Clock } from '#platform';
import { ReadModel } from '../read-model.js';
import { explainInvoice } from './explain-invoice.js';
import { invoiceAnswer } from './invoice-answer.js';

export class GetInvoice extends Query<ExplainedInvoice> {
  constructor(
    readonly invoiceNumber: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(GetInvoice)
export class GetInvoiceHandler implements IQueryHandler<GetInvoice> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly clock: Clock,
  ) {}

  async execute({ invoiceNumber, principal }: GetInvoice): Promise<ExplainedInvoice> {
    const { db } = this.readModel;
    const row = await db
      .selectFrom('invoices')
      .selectAll()
      .where('invoice_number', '=', invoiceNumber)
      .where(this.readModel.visibleTo(principal))
      .executeTakeFirst();
    if (row === undefined) throw notFound(`There is no invoice ${invoiceNumber}.`);
    const used = row.issued.grantsUsed.map(({ entryNumber }) => entryNumber);
    const [grants, payments] = await Promise.all([
      used.length === 0
        ? []
        : db
            .selectFrom('credit_entries')
            .selectAll()
            .where('license_id', '=', row.license_id)
            .where('entry_id', 'in', used)
            .execute(),
      db.selectFrom('payments').selectAll().where('invoice_number', '=', invoiceNumber).orderBy('revision').execute(),
    ]);
    return { ...invoiceAnswer(row, this.clock.now()), explanation: explainInvoice(row, grants, payments) };
  }
}
