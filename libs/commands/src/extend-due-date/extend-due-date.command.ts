import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { InvoiceView } from '#license';
import type { Origin } from '../origin.js';
import type { ExtendDueDateRequest } from './extend-due-date.request.dto.js';

export class ExtendDueDate extends Command<Answer<InvoiceView>> {
  constructor(
    readonly licenseId: string,
    readonly request: ExtendDueDateRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
