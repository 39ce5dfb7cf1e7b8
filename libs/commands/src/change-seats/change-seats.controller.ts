import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CommandApi, PathUuid, type Answer } from '#http';
import type { SeatChangeAnswer } from '../answers.js';
import { examples, requests } from '../examples.js';
import { Describes, Takes } from '../openapi.js';
import { CommandOrigin, type Origin } from '../origin.js';
import { ChangeSeats } from './change-seats.command.js';
import { ChangeSeatsRequest } from './change-seats.request.dto.js';

@Controller('v1/licenses/:licenseId/seat-changes')
export class ChangeSeatsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @CommandApi(
    'Licenses and seats',
    'seats-unchanged',
    'staff-count-exceeded',
    'quote-stale',
    'license-expired',
    'license-cancelled',
  )
  @Takes(ChangeSeatsRequest, requests.changeSeats)
  @Describes(
    'Add or remove seats',
    'Added seats are charged from the next cycle on. Removed seats that were paid earn a credit for the days that remain.',
    201,
    examples.seatChange,
  )
  change(
    @PathUuid('licenseId') licenseId: string,
    @Body() request: ChangeSeatsRequest,
    @CommandOrigin() origin: Origin,
  ): Promise<Answer<SeatChangeAnswer>> {
    return this.commands.execute(new ChangeSeats(licenseId, request, origin));
  }
}
