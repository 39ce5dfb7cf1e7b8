import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import type { List, Plan } from '#contracts';
import { PageQuery, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { plansCsv } from './plans.csv.js';
import { ListPlans } from './list-plans.js';

@Controller('v1/plans')
@QueryApi('Plans')
export class PlansController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @DescribesList(
    'List the plans',
    'Each with its present prices, in the order of their ids.',
    listOf(examples.plan),
    plansCsv,
  )
  list(@Query() request: PageQuery, @AcceptedListForm() form: ListForm): Promise<List<Plan> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListPlans(page)), plansCsv);
  }
}
