import { IsPlanId } from '../fields.js';

export class ChangePlanRequest {
  /**
   * The plan from the next cycle on. The present one takes back a change that was planned.
   * @example pro
   */
  @IsPlanId()
  planId!: string;
}
