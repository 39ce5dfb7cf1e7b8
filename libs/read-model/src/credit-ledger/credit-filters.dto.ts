import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Instant } from '#calendar';
import type { CreditKind } from '#contracts';
import { IsCurrencyCode, QueryInteger } from '#http';
import { limits } from '#license';
import { CustomerAsOfPage } from '../customer-filters.dto.js';
import { MomentFilter, TextFilter } from '../filters.js';
import { ListOrders } from '../orders.js';

export const creditOrders = new ListOrders({
  effectiveAt: { effective_at: 'instant', license_id: 'uuid', ordinal: 'integer' },
  /** Within one currency: amounts of several are not compared. */
  amount: { amount_minor: 'integer', license_id: 'uuid', ordinal: 'integer' },
});

export class ListCreditsRequest extends CustomerAsOfPage {
  @IsOptional()
  @IsIn(['granted', 'reversed', 'applied', 'goodwill'])
  kind?: CreditKind;

  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  /** Who moved it, by the subject of a token. */
  @TextFilter(255)
  actorId?: string;

  /** Effective at this moment or later; a date means its first moment in UTC. */
  @MomentFilter('first')
  from?: Instant;

  /** Effective at this moment or earlier; a date means its last moment in UTC. */
  @MomentFilter('last')
  to?: Instant;

  /** In minor units of the `currency`; what was taken back or applied is negative. */
  @IsOptional()
  @QueryInteger(-limits.amountMinorMax, limits.amountMinorMax)
  amountFrom?: number;

  /** In minor units of the `currency`. */
  @IsOptional()
  @QueryInteger(-limits.amountMinorMax, limits.amountMinorMax)
  amountTo?: number;

  /** `effectiveAt` unless given; downwards with a minus sign. By `amount` takes a `currency`. */
  @IsOptional()
  @IsIn(creditOrders.sorts)
  @ApiPropertyOptional({ enum: creditOrders.sorts })
  sort?: (typeof creditOrders.sorts)[number];
}
