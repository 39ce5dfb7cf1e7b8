import { Body, Controller, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Plan } from '#contracts';
import { CommandApi, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { DefinePlan } from './define-plan.command.js';
import { DefinePlanRequest } from './define-plan.request.dto.js';

@Controller('v1/plans/:planId')
export class DefinePlanController {
  constructor(private readonly commands: CommandBus) {}

  @Put()
  @CommandApi('Plans')
  @Takes(DefinePlanRequest, requests.definePlan)
  @Describes(
    'Put a plan into the catalogue, or give it new prices',
    'A license meets a new price at its next renewal. A price that is left out goes on for those who have it.',
    200,
    examples.plan,
  )
  define(
    @Param('planId') planId: string,
    @Body() request: DefinePlanRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Plan>> {
    return this.commands.execute(new DefinePlan(planId, request, origin));
  }
}
