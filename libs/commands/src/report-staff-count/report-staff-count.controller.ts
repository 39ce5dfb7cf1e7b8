import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { HelpdeskAccess } from '#contracts';
import { CommandApi, type Answer } from '#http';

import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ReportStaffCount } from './report-staff-count.command.js';
import { ReportStaffCountRequest } from './report-staff-count.request.dto.js';

@Controller('v1/helpdesks/:domain/staff-count')
export class ReportStaffCountController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @CommandApi('Helpdesk instances')
  @Takes(ReportStaffCountRequest, requests.reportStaffCount)
  @Describes(
    'Report how many staff members are active on the instance',
    'More than the seats locks the helpdesk, until a report or a change of seats satisfies the rule again.',
    200,
    examples.access,
  )
  report(
    @Param('domain') domain: string,
    @Body() request: ReportStaffCountRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<HelpdeskAccess>> {
    return this.commands.execute(new ReportStaffCount(domain, request, origin));
  }
}
