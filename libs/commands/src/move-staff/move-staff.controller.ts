import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { MoveStaff } from './move-staff.command.js';
import { MoveStaffRequest } from './move-staff.request.dto.js';

const { staff } = examples;

@Controller('v1/licenses/:licenseId/staff/:staffId')
@CommandApi(
  'Licenses and seats',
  'staff-count-exceeded',
  'license-expired',
  'license-cancelled',
  'read-model-unavailable',
)
export class MoveStaffController {
  constructor(private readonly commands: CommandBus) {}

  @Post('disable')
  @HttpCode(200)
  @Takes(MoveStaffRequest, requests.moveStaff)
  @Describes('Disable a staff member', 'Frees the seat.', 200, { ...staff, status: 'disabled' })
  disable(
    @PathUuid('licenseId') licenseId: string,
    @Param('staffId') staffId: string,
    @Body() request: MoveStaffRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Staff>> {
    return this.commands.execute(new MoveStaff('DisableStaff', licenseId, staffId, request, origin));
  }

  @Post('enable')
  @HttpCode(200)
  @Takes(MoveStaffRequest, requests.moveStaff)
  @Describes('Enable a disabled staff member', 'Takes a seat; refused when none is free.', 200, staff)
  enable(
    @PathUuid('licenseId') licenseId: string,
    @Param('staffId') staffId: string,
    @Body() request: MoveStaffRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Staff>> {
    return this.commands.execute(new MoveStaff('EnableStaff', licenseId, staffId, request, origin));
  }

  @Post('remove')
  @HttpCode(200)
  @Takes(MoveStaffRequest, requests.moveStaff)
  @Describes('Remove a staff member for good', 'Frees the seat; the id is not used again.', 200, {
    ...staff,
    status: 'removed',
  })
  remove(
    @PathUuid('licenseId') licenseId: string,
    @Param('staffId') staffId: string,
    @Body() request: MoveStaffRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Staff>> {
    return this.commands.execute(new MoveStaff('RemoveStaff', licenseId, staffId, request, origin));
  }
}
