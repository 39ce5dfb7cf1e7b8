import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { PlanChange } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ChangePlan } from './change-plan.command.js';
import { ChangePlanRequest } from './change-plan.request.dto.js';

@Controller('v1/licenses/:licenseId/plan-changes')
export class ChangePlanController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Licenses and seats', 'plan-unchanged', 'license-expired', 'license-cancelled')
  @Takes(ChangePlanRequest, requests.changePlan)
  @Describes(
    'Change the plan from the next cycle on',
    'Price and entitlement change at the next boundary; a later change before it replaces this one.',
    201,
    examples.planChange,
  )
  change(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: ChangePlanRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<PlanChange>> {
    return this.commands.execute(new ChangePlan(licenseId, request, origin));
  }
}
