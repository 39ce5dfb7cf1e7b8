import { Command } from '@nestjs/cqrs';
import type { PlanChange } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { ChangePlanRequest } from './change-plan.request.dto.js';

export class ChangePlan extends Command<Answer<PlanChange>> {
  constructor(
    readonly licenseId: string,
    readonly request: ChangePlanRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
