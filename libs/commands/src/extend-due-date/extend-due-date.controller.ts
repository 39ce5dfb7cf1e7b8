import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import { CommandApi, PathUuid, type Answer } from '#http';

import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ExtendDueDate } from './extend-due-date.command.js';
import { ExtendDueDateRequest } from './extend-due-date.request.dto.js';

@Controller('v1/licenses/:licenseId/extensions')
export class ExtendDueDateController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Invoices and credits', 'no-open-invoice', 'invoice-already-extended')
  @Takes(ExtendDueDateRequest, requests.extendDueDate)
  @Describes(
    'Give more time to pay an invoice',
    'Once for each unpaid invoice, by up to 15 days. Past due and expiry move along; a license that they had overtaken comes back.',
    201,
    {
      ...examples.invoice,
      status: 'open',
      dueOn: '2026-06-15',
      paid: examples.invoice.open,
      open: examples.invoice.total,
    },
  )
  extend(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: ExtendDueDateRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Invoice>> {
    return this.commands.execute(new ExtendDueDate(licenseId, request, origin));
  }
}
