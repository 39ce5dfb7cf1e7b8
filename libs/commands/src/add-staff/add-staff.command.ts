import { Command } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';
import type { AddStaffRequest } from './add-staff.request.dto.js';

export class AddStaff extends Command<Answer<Staff>> {
  constructor(
    readonly licenseId: string,
    readonly request: AddStaffRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
