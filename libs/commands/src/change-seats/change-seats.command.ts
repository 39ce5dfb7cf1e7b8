import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { SeatChangeAnswer } from '../answers.js';
import type { Origin } from '../origin.js';
import type { ChangeSeatsRequest } from './change-seats.request.dto.js';

export class ChangeSeats extends Command<Answer<SeatChangeAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly request: ChangeSeatsRequest,
    readonly origin: Origin,
  ) {
    super();
  }
}
