import { Command } from '@nestjs/cqrs';
import type { NextInvoice } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { ChangePlanRequest } from './change-plan.request.dto.js';

export interface PlanChangeAnswer {
  readonly licenseId: string;
  readonly fromPlanId: string;
  readonly toPlanId: string;
  /** The first day of the cycle that is on the new plan. */
  readonly effectiveOn: string;
  readonly effectiveAt: string;
  readonly nextInvoice: NextInvoice | null;
  readonly revision: number;
}

export class ChangePlan extends Command<Answer<PlanChangeAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: ChangePlanRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
