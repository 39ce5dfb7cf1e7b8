import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { limits } from '#license';
import { IsInvoiceNumber, IsText } from '../fields.js';

export class ExtendDueDateRequest {
  /** @example 7 */
  @IsInt()
  @Min(1)
  @Max(limits.extensionDaysMax)
  days!: number;

  @IsText(500)
  reason!: string;

  /**
   * Default: the unpaid invoice that is due first.
   * @example ACME.EXAMPLE-0001
   */
  @IsOptional()
  @IsInvoiceNumber()
  invoiceNumber?: string;
}
