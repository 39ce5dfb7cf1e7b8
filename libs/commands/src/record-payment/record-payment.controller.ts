import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Invoice } from '#contracts';
import { CommandApi, type Answer } from '#http';

import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { RecordPayment } from './record-payment.command.js';
import { RecordPaymentRequest } from './record-payment.request.dto.js';

@Controller('v1/invoices/:invoiceNumber/payments')
export class RecordPaymentController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi('Invoices and credits', 'overpayment')
  @Takes(RecordPaymentRequest, requests.recordPayment)
  @Describes(
    'Record a payment of an invoice',
    'In parts or whole, never more than is open. Paying what is overdue makes an expired license active again.',
    201,
    examples.invoice,
  )
  record(
    @Param('invoiceNumber') invoiceNumber: string,
    @Body() request: RecordPaymentRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<Invoice>> {
    return this.commands.execute(new RecordPayment(invoiceNumber, request, origin));
  }
}
