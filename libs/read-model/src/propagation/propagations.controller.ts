import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import type { List, Propagation } from '#contracts';
import { PathUuid, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { propagationsCsv } from './propagations.csv.js';
import { ListLicensePropagations } from './list-license-propagations.js';
import { ListPropagations } from './list-propagations.js';
import { ListPropagationsRequest, PropagationsRequest } from './list-propagations.request.dto.js';

@Controller('v1')
@QueryApi('Helpdesk instances')
export class PropagationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('propagations')
  @DescribesList(
    'List the changes on their way to the instances',
    'In the order in which they were asked for. `overdue` are those that did not arrive within a day.',
    listOf(examples.propagation),
    propagationsCsv,
  )
  list(
    @Query() request: ListPropagationsRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<Propagation> | Answer<Readable>> {
    const changes = (page: ListPropagationsRequest) => this.queries.execute(new ListPropagations(page, principal));
    return listAnswer(form, request, changes, propagationsCsv);
  }

  @Get('licenses/:licenseId/propagations')
  @DescribesList(
    "List a license's changes on their way to the instance",
    '',
    listOf(examples.propagation),
    propagationsCsv,
  )
  ofLicense(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: PropagationsRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<Propagation> | Answer<Readable>> {
    const changes = (page: PropagationsRequest) =>
      this.queries.execute(new ListLicensePropagations(licenseId, page, principal));
    return listAnswer(form, request, changes, propagationsCsv);
  }
}
