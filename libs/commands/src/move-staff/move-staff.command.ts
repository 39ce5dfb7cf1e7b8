import { Command } from '@nestjs/cqrs';
import type { Staff } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';
import type { MoveStaffRequest } from './move-staff.request.dto.js';

export type StaffMove = 'DisableStaff' | 'EnableStaff' | 'RemoveStaff';

/** Disables, enables or removes a staff member. */
export class MoveStaff extends Command<Answer<Staff>> {
  constructor(
    readonly move: StaffMove,
    readonly licenseId: string,
    readonly staffId: string,
    readonly request: MoveStaffRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
