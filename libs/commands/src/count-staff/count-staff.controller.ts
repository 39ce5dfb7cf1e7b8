import { Controller, Get, Header, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import { ApiProblems } from '#http';
import { Describes } from '../openapi.js';
import { CountStaff } from './count-staff.query.js';
import { CountStaffRequest } from './count-staff.request.dto.js';

@Controller('Base/staff/getcount')
export class CountStaffController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiTags('Helpdesk instances')
  @ApiProduces('text/plain')
  @ApiProblems('validation-failed', 'unauthenticated', 'forbidden', 'not-found', 'event-store-unavailable')
  @Describes(
    'How many staff members of an instance are active',
    'As the instance last reported it, moved along by what was disabled and enabled here since.',
    200,
    '48',
  )
  async count(@Query() { domain }: CountStaffRequest, @CurrentPrincipal() principal: Principal): Promise<string> {
    return String(await this.queries.execute(new CountStaff(domain, principal)));
  }
}
