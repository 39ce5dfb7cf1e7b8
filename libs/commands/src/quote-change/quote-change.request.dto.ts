import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsOptional, Max, Min } from 'class-validator';
import { limits } from '#license';
import { IsPlanId, IsStaffId } from '../fields.js';

export class QuoteChangeRequest {
  /** @example 48 */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(limits.seatsMax)
  seats?: number;

  /** The plan from the next cycle on. */
  @IsOptional()
  @IsPlanId()
  planId?: string;

  /** @example ["ada"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsStaffId({ each: true })
  disableStaff?: string[];
}
