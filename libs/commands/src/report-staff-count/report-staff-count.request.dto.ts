import { IsInt, Max, Min } from 'class-validator';
import { limits } from '#license';

export class ReportStaffCountRequest {
  /**
   * How many staff members are active on the instance.
   * @example 48
   */
  @IsInt()
  @Min(0)
  @Max(limits.seatsMax)
  active!: number;
}
