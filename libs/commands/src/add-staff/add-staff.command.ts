import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { StaffAnswer } from '../answers.js';
import type { Origin } from '../origin.js';
import type { AddStaffRequest } from './add-staff.request.dto.js';

export class AddStaff extends Command<Answer<StaffAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: AddStaffRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
