import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { AddStaff } from './add-staff.command.js';
import { AddStaffRequest } from './add-staff.request.dto.js';

@Controller('v1/licenses/:licenseId/staff')
export class AddStaffController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi(
    'Licenses and seats',
    'staff-count-exceeded',
    'staff-exists',
    'license-expired',
    'license-cancelled',
    'read-model-unavailable',
  )
  @Takes(AddStaffRequest, requests.addStaff)
  @Describes('Add a staff member', 'Takes a seat; refused when none is free.', 201, examples.staff)
  add(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: AddStaffRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Staff>> {
    return this.commands.execute(new AddStaff(licenseId, request, origin));
  }
}
