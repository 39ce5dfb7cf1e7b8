import { Command } from '@nestjs/cqrs';
import type { Plan } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';
import type { DefinePlanRequest } from './define-plan.request.dto.js';

export class DefinePlan extends Command<Answer<Plan>> {
  constructor(
    readonly planId: string,
    readonly request: DefinePlanRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
