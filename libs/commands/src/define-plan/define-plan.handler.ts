import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Plan } from '#contracts';
import { answer, invalidValue, type Answer } from '#http';
import { PlanCommands } from '../catalogue/plan-commands.js';
import { isPlanId } from '../fields.js';
import { DefinePlan } from './define-plan.command.js';

@CommandHandler(DefinePlan)
export class DefinePlanHandler implements ICommandHandler<DefinePlan> {
  constructor(private readonly plans: PlanCommands) {}

  async execute({ planId, request, origin }: DefinePlan): Promise<Answer<Plan>> {
    if (!isPlanId(planId)) throw invalidValue('planId', 'must be 1 to 64 letters, digits, dots, dashes or underscores');
    const { name, prices } = request;
    const priced = prices.map(({ amount, ...price }) => ({ ...price, amountMinor: amount }));
    const { revision, position } = await this.plans.define({ planId, name, prices: priced }, origin);
    return answer({ planId, name, prices }, { revision, ...(position !== null && { position }) });
  }
}
