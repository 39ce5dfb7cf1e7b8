import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { answer, invalidValue, notFound, OwnWrites, type Answer } from '#http';
import { Clock, ClockMoveError, TestClock } from '#platform';
import { RollForward } from '../due/roll-forward.js';
import { MoveTestClock, type TestClockAnswer } from './move-test-clock.command.js';

@CommandHandler(MoveTestClock)
export class MoveTestClockHandler implements ICommandHandler<MoveTestClock> {
  constructor(
    private readonly clock: Clock,
    private readonly rollForward: RollForward,
    private readonly ownWrites: OwnWrites,
  ) {}

  async execute({ request, correlationId }: MoveTestClock): Promise<Answer<TestClockAnswer>> {
    const clock = testClockOf(this.clock);
    try {
      clock.moveTo(request.now);
    } catch (error) {
      if (error instanceof ClockMoveError) throw invalidValue('now', error.message);
      throw error;
    }
    await this.rollForward.completely(request.now, correlationId);
    const position = this.ownWrites.last();
    return answer({ now: clock.now() }, position === undefined ? {} : { position });
  }
}

/** @throws ProblemException `not-found` where time is the system's */
export function testClockOf(clock: Clock): TestClock {
  if (clock instanceof TestClock) return clock;
  throw notFound('This ledger goes by the system clock. Start one with LEDGER_TEST_CLOCK=<instant> to move its time.');
}
