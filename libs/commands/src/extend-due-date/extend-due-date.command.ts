import { Command } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import type { Answer } from '#http';

import type { Origin } from '../origin.js';
import type { ExtendDueDateRequest } from './extend-due-date.request.dto.js';

export class ExtendDueDate extends Command<Answer<Invoice>> {
  constructor(
    readonly licenseId: string,
    readonly request: ExtendDueDateRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
