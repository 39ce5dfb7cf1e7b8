import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { answer, invalidValue, notFound, OwnWrites, type Answer } from '#http';
import { Clock, ClockMoveError, TestClock } from '#platform';
import { MoveTestClock, type TestClockAnswer } from './move-test-clock.command.js';
import { TimeTravel } from './time-travel.js';

@CommandHandler(MoveTestClock)
export class MoveTestClockHandler implements ICommandHandler<MoveTestClock> {
  constructor(
    private readonly clock: Clock,
    private readonly timeTravel: TimeTravel,
    private readonly ownWrites: OwnWrites,
  ) {}

  async execute({ request }: MoveTestClock): Promise<Answer<TestClockAnswer>> {
    const clock = testClockOf(this.clock);
    try {
      await this.timeTravel.travel(clock, request.now);
    } catch (error) {
      if (error instanceof ClockMoveError) throw invalidValue('now', error.message);
      throw error;
    }
    const position = this.ownWrites.last();
    return answer({ now: clock.now() }, position === undefined ? {} : { position });
  }
}

/** @throws ProblemException `not-found` where time is the system's */
export function testClockOf(clock: Clock): TestClock {
  if (clock instanceof TestClock) return clock;
  throw notFound('This ledger goes by the system clock. Start one with LEDGER_TEST_CLOCK=<instant> to move its time.');
}
