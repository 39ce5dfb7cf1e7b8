import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { answer, ProblemException, type Answer } from '#http';
import { quote, type LicenseCommand } from '#license';
import { Clock } from '#platform';
import { LicenseCommands } from '../license/license-commands.js';
import { QuoteChange, type QuoteAnswer } from './quote-change.query.js';
import type { QuoteChangeRequest } from './quote-change.request.dto.js';

@QueryHandler(QuoteChange)
export class QuoteChangeHandler implements IQueryHandler<QuoteChange> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly clock: Clock,
  ) {}

  async execute({ licenseId, request, principal }: QuoteChange): Promise<Answer<QuoteAnswer>> {
    const { state, revision } = await this.licenses.load(licenseId, principal);
    const catalogue = await this.licenses.pricesFor(quoted(request, state.seats), state);
    const { refusal, ...figures } = quote(request, state, { now: this.clock.now(), catalogue });
    const problem = refusal && ProblemException.of(refusal).problem;
    return answer({ ...figures, allowed: problem === null, problem }, { revision });
  }
}

/** The command that the quote is made of. */
function quoted({ seats, planId, disableStaff }: QuoteChangeRequest, seatsNow: number): LicenseCommand {
  return { type: 'ChangeSeats', seats: seats ?? seatsNow, planId, disableStaff };
}
