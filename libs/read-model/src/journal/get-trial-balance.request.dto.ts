import { IsOptional, IsString } from 'class-validator';
import type { Instant } from '#calendar';
import type { Month } from '#contracts';
import { IsInstant } from '#http';
import { MonthFilter } from '../filters.js';

/** At most one of them; without any the books as they are now. */
export class TrialBalanceRequest {
  /** The books of this month: what it brought from before, what it moved, and where that left each account. */
  @MonthFilter()
  month?: Month;

  /** Everything that is effective at this moment, whatever month it was booked into. */
  @IsOptional()
  @IsInstant()
  asOf?: Instant;

  /** Everything up to this place in the log: the `Ledger-Position` of an answer, or the `position` of an entry. */
  @IsOptional()
  @IsString()
  position?: string;
}
