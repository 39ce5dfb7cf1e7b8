import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCurrencyCode, Nested, Normalise } from '#http';
import { limits } from '#license';

/** Money to record. A bare number stands for minor units of the license's currency. */
export class AmountRequest {
  /**
   * Minor units.
   * @example 60000
   */
  @IsInt()
  @Min(1)
  @Max(limits.amountMinorMax)
  amount!: number;

  /** Default: the license's. */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;
}

export const IsAmount = (): PropertyDecorator =>
  applyDecorators(
    Normalise((value) => (typeof value === 'number' ? { amount: value } : value)),
    Nested(() => AmountRequest),
    ApiProperty({ type: () => AmountRequest, example: { amount: 60000, currency: 'USD' } }),
  );
