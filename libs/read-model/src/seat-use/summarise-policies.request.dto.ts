import { IsOptional } from 'class-validator';
import type { LocalDate } from '#calendar';
import { IsCurrencyCode } from '#http';
import { DateFilter } from '../filters.js';

export class SummarisePoliciesRequest {
  /** Cycles that begin on this date or later. */
  @DateFilter()
  startsFrom?: LocalDate;

  /** Cycles that begin on this date or earlier. */
  @DateFilter()
  startsTo?: LocalDate;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}
