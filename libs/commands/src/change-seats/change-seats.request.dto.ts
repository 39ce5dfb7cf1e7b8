import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { limits } from '#license';
import { IsPlanId, IsStaffId } from '../fields.js';

export class ChangeSeatsRequest {
  /**
   * How many seats the license is to have.
   * @example 48
   */
  @IsInt()
  @Min(1)
  @Max(limits.seatsMax)
  seats!: number;

  /** The plan from the next cycle on. */
  @IsOptional()
  @IsPlanId()
  planId?: string;

  /**
   * With a reduction: the staff to disable with it, all or nothing.
   * @example ["ada"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsStaffId({ each: true })
  disableStaff?: string[];

  /** The token of a quote: the change is made only while the quote's figures hold. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  quoteToken?: string;
}
