import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { LocalDate } from '#calendar';
import type { InvoiceStatus } from '#contracts';
import { IsCurrencyCode, QueryInteger } from '#http';
import { CustomerAsOfPage } from '../customer-filters.dto.js';
import { DateFilter } from '../filters.js';
import { ListOrders } from '../orders.js';

export const invoiceOrders = new ListOrders({
  issuedOn: { issued_on: 'date', invoice_number: 'string' },
  dueOn: { due_on: 'date', invoice_number: 'string' },
});

type InvoiceSort = (typeof invoiceOrders.sorts)[number];

/** As long as a ledger lasts. */
const daysMax = 36_500;

export class ListInvoicesRequest extends CustomerAsOfPage {
  @IsOptional()
  @IsIn(['open', 'paid', 'overdue'])
  status?: InvoiceStatus;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** The first date of issue. */
  @DateFilter()
  issuedFrom?: LocalDate;

  /** The last date of issue. */
  @DateFilter()
  issuedTo?: LocalDate;

  /** The first date on which they are due. */
  @DateFilter()
  dueFrom?: LocalDate;

  /** The last date on which they are due. */
  @DateFilter()
  dueTo?: LocalDate;

  /** Overdue for so many days or more; the day after the due date is the first. */
  @IsOptional()
  @QueryInteger(1, daysMax)
  daysOverdueFrom?: number;

  /** Overdue for so many days or fewer. */
  @IsOptional()
  @QueryInteger(1, daysMax)
  daysOverdueTo?: number;

  /** Downwards with a minus sign; `dueOn` when asked by due dates, else `issuedOn`. */
  @IsOptional()
  @IsIn(invoiceOrders.sorts)
  @ApiPropertyOptional({ enum: invoiceOrders.sorts })
  sort?: InvoiceSort;
}
