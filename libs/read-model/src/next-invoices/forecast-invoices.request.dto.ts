import { IsOptional } from 'class-validator';
import { IsCurrencyCode, QueryInteger } from '#http';

export class ForecastInvoicesRequest {
  /** How many months, from that of the first invoice to come. */
  @QueryInteger(1, 60)
  months: number = 12;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}
