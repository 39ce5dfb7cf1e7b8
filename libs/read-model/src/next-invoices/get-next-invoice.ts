import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { NextInvoice } from '#contracts';
import { notFound } from '#http';
import type { LicenseState } from '#license';
import { ReadModel } from '../read-model.js';
import { nextInvoiceAnswer } from './next-invoice-answer.js';

export class GetNextInvoice extends Query<NextInvoice> {
  constructor(
    readonly licenseId: string,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(GetNextInvoice)
export class GetNextInvoiceHandler implements IQueryHandler<GetNextInvoice> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ licenseId, principal }: GetNextInvoice): Promise<NextInvoice> {
    const license = await this.readModel.license(licenseId, principal);
    const row = await this.readModel.db
      .selectFrom('next_invoices')
      .selectAll()
      .where('license_id', '=', licenseId)
      .executeTakeFirst();
    if (row === undefined) throw notFound(whyNone(license.state));
    return nextInvoiceAnswer(row);
  }
}

function whyNone({ cancellation }: LicenseState): string {
  if (cancellation) return `There is no next invoice: the license is cancelled and ends on ${cancellation.endsOn}.`;
  return 'There is no next invoice: the license has expired. Paying what is overdue makes it active again.';
}
