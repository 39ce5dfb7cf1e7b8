import { IsIn, IsOptional } from 'class-validator';
import type { LicenseStatus } from '#contracts';
import { PageQuery } from '#http';
import { TextFilter } from '../filters.js';

export class ListLicensesRequest extends PageQuery {
  @TextFilter(253)
  domain?: string;

  @TextFilter(254)
  billingEmail?: string;

  @IsOptional()
  @IsIn(['active', 'past_due', 'expired', 'cancelled'])
  status?: LicenseStatus;
}
