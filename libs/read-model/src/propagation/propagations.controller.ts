import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { List, Propagation } from '#contracts';
import { PathUuid, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { ListLicensePropagations } from './list-license-propagations.js';
import { ListPropagations, ListPropagationsRequest, PropagationsRequest } from './list-propagations.js';

@Controller('v1')
@Allow('customer', 'helpdesk', 'billing', 'finance', 'support')
@QueryApi('Helpdesk instances')
export class PropagationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('propagations')
  @Describes(
    'List the changes on their way to the instances',
    'In the order in which they were asked for. `overdue` are those that did not arrive within a day.',
    200,
    listOf(examples.propagation),
  )
  list(
    @Query() request: ListPropagationsRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<List<Propagation>> {
    return this.queries.execute(new ListPropagations(request, principal));
  }

  @Get('licenses/:licenseId/propagations')
  @Describes("List a license's changes on their way to the instance", '', 200, listOf(examples.propagation))
  ofLicense(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: PropagationsRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<List<Propagation>> {
    return this.queries.execute(new ListLicensePropagations(licenseId, request, principal));
  }
}
