import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { List, Staff } from '#contracts';
import { PathUuid, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { ListStaff, ListStaffRequest } from './list-staff.js';

@Controller('v1/licenses/:licenseId/staff')
@Allow('customer', 'helpdesk', 'billing', 'finance', 'support')
@QueryApi('Licenses and seats')
export class StaffController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Describes(
    "List a license's staff",
    'In the order of their ids, the removed ones included.',
    200,
    listOf(examples.staff),
  )
  list(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: ListStaffRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<List<Staff>> {
    return this.queries.execute(new ListStaff(licenseId, request, principal));
  }
}
