import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import type { List, Staff } from '#contracts';
import { PathUuid, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { staffCsv } from './staff.csv.js';
import { ListStaff } from './list-staff.js';
import { ListStaffRequest } from './list-staff.request.dto.js';

@Controller('v1/licenses/:licenseId/staff')
@QueryApi('Licenses and seats')
export class StaffController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @DescribesList(
    "List a license's staff",
    'In the order of their ids, the removed ones included.',
    listOf(examples.staff),
    staffCsv,
  )
  list(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: ListStaffRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<Staff> | Answer<Readable>> {
    const staff = (page: ListStaffRequest) => this.queries.execute(new ListStaff(licenseId, page, principal));
    return listAnswer(form, request, staff, staffCsv);
  }
}
