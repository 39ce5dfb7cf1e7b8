import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Instant } from '#calendar';
import { ACCOUNTS, type Account, type Month } from '#contracts';
import { PageQuery } from '#http';
import { MomentFilter, MonthFilter, UuidFilter } from '../filters.js';

export class ListJournalRequest extends PageQuery {
  @UuidFilter()
  licenseId?: string;

  /** Entries with a line on this account. */
  @IsOptional()
  @IsIn(ACCOUNTS)
  @ApiPropertyOptional({ enum: ACCOUNTS })
  account?: Account;

  /** The month in whose books they stand. */
  @MonthFilter()
  month?: Month;

  /** Entries of this month that came after it was closed. */
  @MonthFilter()
  lateFrom?: Month;

  /** Effective at this moment or later; a date means its first moment in UTC. */
  @MomentFilter('first')
  from?: Instant;

  /** Effective at this moment or earlier; a date means its last moment in UTC. */
  @MomentFilter('last')
  to?: Instant;
}
