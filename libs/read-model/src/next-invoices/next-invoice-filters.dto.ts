import type { SelectQueryBuilder } from 'kysely';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { LocalDate } from '#calendar';
import { IsCurrencyCode } from '#http';
import { CustomerPageQuery, type CustomerFilters } from '../customer-filters.dto.js';
import type { Tables } from '../database.js';
import { DateFilter, TextFilter, UuidFilter } from '../filters.js';
import { ListOrders } from '../orders.js';

/** Which next invoices are meant. */
export interface NextInvoiceFilters extends CustomerFilters {
  readonly issuesFrom?: LocalDate;
  readonly issuesTo?: LocalDate;
  readonly currency?: string;
}

export const nextInvoiceOrders = new ListOrders({
  issuesOn: { issues_on: 'date', license_id: 'uuid' },
  /** Within one currency: amounts of several are not compared. */
  total: { total_minor: 'integer', license_id: 'uuid' },
  domain: { domain: 'string' },
});

export class ListNextInvoicesRequest extends CustomerPageQuery implements NextInvoiceFilters {
  /** The first date on which they are issued. */
  @DateFilter()
  issuesFrom?: LocalDate;

  /** The last date on which they are issued. */
  @DateFilter()
  issuesTo?: LocalDate;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** `issuesOn` unless given; downwards with a minus sign. By `total` takes a `currency`. */
  @IsOptional()
  @IsIn(nextInvoiceOrders.sorts)
  @ApiPropertyOptional({ enum: nextInvoiceOrders.sorts })
  sort?: (typeof nextInvoiceOrders.sorts)[number];
}

export class SummariseNextInvoicesRequest implements NextInvoiceFilters {
  @UuidFilter()
  licenseId?: string;

  @TextFilter(253)
  domain?: string;

  /** Of every license that this address is billed for now. */
  @TextFilter(254)
  billingEmail?: string;

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

export function filtered<O>(
  query: NextInvoiceQuery<O>,
  filters: Omit<NextInvoiceFilters, keyof CustomerFilters>,
): NextInvoiceQuery<O> {
  const { issuesFrom, issuesTo, currency } = filters;
  let found = query;
  if (issuesFrom !== undefined) found = found.where('issues_on', '>=', issuesFrom);
  if (issuesTo !== undefined) found = found.where('issues_on', '<=', issuesTo);
  if (currency !== undefined) found = found.where('currency', '=', currency);
  return found;
}
