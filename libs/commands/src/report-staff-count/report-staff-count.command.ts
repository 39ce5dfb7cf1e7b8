import { Command } from '@nestjs/cqrs';
import type { HelpdeskAccess } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { ReportStaffCountRequest } from './report-staff-count.request.dto.js';

export class ReportStaffCount extends Command<Answer<HelpdeskAccess>> {
  constructor(
    readonly domain: string,
    readonly request: ReportStaffCountRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
