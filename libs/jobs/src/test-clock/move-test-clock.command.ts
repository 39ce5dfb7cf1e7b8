import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { MoveTestClockRequest } from './move-test-clock.request.dto.js';

export interface TestClockAnswer {
  readonly now: string;
}

export class MoveTestClock extends Command<Answer<TestClockAnswer>> {
  constructor(readonly request: MoveTestClockRequest) {
    super();
  }
}
