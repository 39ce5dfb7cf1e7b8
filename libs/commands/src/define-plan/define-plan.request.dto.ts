import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { IsCurrencyCode, Nested } from '#http';
import { limits } from '#license';
import { IsText } from '../fields.js';

export class PlanPriceRequest {
  @IsCurrencyCode()
  currency!: string;

  @IsIn(['month', 'year'])
  interval!: 'month' | 'year';

  /**
   * Of one seat for one interval, in minor units.
   * @example 1000
   */
  @IsInt()
  @Min(0)
  @Max(limits.unitPriceMinorMax)
  amount!: number;
}

export class DefinePlanRequest {
  /** @example Team */
  @IsText(200)
  name!: string;

  /** All prices of the plan; one for each currency and interval. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @Nested(() => PlanPriceRequest, { each: true })
  prices!: PlanPriceRequest[];
}
