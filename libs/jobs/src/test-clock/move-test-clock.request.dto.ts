import { IsInstant } from '#http';

export class MoveTestClockRequest {
  /**
   * Where the clock is to stand; not before where it stands now.
   * @example 2026-07-01T00:00:00Z
   */
  @IsInstant()
  now!: string;
}
