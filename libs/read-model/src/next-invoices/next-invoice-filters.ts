import type { SelectQueryBuilder } from 'kysely';
import { IsOptional } from 'class-validator';
import type { LocalDate } from '#calendar';
import { IsCurrencyCode, PageQuery } from '#http';
import type { Tables } from '../database.js';
import { DateFilter, UuidFilter } from '../filters.js';

/** Which next invoices are meant. */
export interface NextInvoiceFilters {
  readonly licenseId?: string;
  readonly issuesFrom?: LocalDate;
  readonly issuesTo?: LocalDate;
  readonly currency?: string;
}

export class ListNextInvoicesRequest extends PageQuery implements NextInvoiceFilters {
  @UuidFilter()
  licenseId?: string;

  /** The first date on which they are issued. */
  @DateFilter()
  issuesFrom?: LocalDate;

  /** The last date on which they are issued. */
  @DateFilter()
  issuesTo?: LocalDate;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}

export class SummariseNextInvoicesRequest implements NextInvoiceFilters {
  @UuidFilter()
  licenseId?: string;

  /** The first date on which they are issued. */
  @DateFilter()
  issuesFrom?: LocalDate;

  /** The last date on which they are issued. */
  @DateFilter()
  issuesTo?: LocalDate;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}

type NextInvoiceQuery<O> = SelectQueryBuilder<Tables, 'next_invoices', O>;

export function filtered<O>(query: NextInvoiceQuery<O>, filters: NextInvoiceFilters): NextInvoiceQuery<O> {
  const { licenseId, issuesFrom, issuesTo, currency } = filters;
  let found = query;
  if (licenseId !== undefined) found = found.where('license_id', '=', licenseId);
  if (issuesFrom !== undefined) found = found.where('issues_on', '>=', issuesFrom);
  if (issuesTo !== undefined) found = found.where('issues_on', '<=', issuesTo);
  if (currency !== undefined) found = found.where('currency', '=', currency);
  return found;
}
