import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Answer } from '#http';
import { seatChangeAnswer, type SeatChangeAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { ChangeSeats } from './change-seats.command.js';

@CommandHandler(ChangeSeats)
export class ChangeSeatsHandler implements ICommandHandler<ChangeSeats> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ licenseId, request, origin }: ChangeSeats): Promise<Answer<SeatChangeAnswer>> {
    const outcome = await this.licenses.execute(licenseId, origin, { type: 'ChangeSeats', ...request });
    return answered(seatChangeAnswer(outcome, await this.licenses.pricesAsOf(outcome)), outcome);
  }
}
