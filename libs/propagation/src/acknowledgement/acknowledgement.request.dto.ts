import { IsInt, Max, Min } from 'class-validator';
import { limits } from '#license';

export class AcknowledgementRequest {
  /**
   * The revision of the entitlement that the instance has applied.
   * @example 7
   */
  @IsInt()
  @Min(0)
  revision!: number;

  /**
   * The seats that it allows now.
   * @example 48
   */
  @IsInt()
  @Min(0)
  @Max(limits.seatsMax)
  seats!: number;
}
