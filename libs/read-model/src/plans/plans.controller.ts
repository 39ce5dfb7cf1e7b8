import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow } from '#auth';
import { Describes } from '#commands';
import type { List, Plan } from '#contracts';
import { PageQuery, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { ListPlans } from './list-plans.js';

@Controller('v1/plans')
@Allow('customer', 'helpdesk', 'billing', 'finance', 'support')
@QueryApi('Plans')
export class PlansController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Describes('List the plans', 'Each with its present prices, in the order of their ids.', 200, listOf(examples.plan))
  list(@Query() request: PageQuery): Promise<List<Plan>> {
    return this.queries.execute(new ListPlans(request));
  }
}
