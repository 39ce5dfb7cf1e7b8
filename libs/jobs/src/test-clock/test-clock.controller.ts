import { Body, Controller, Get, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Describes, Takes } from '#commands';
import { ApiProblems, type Answer } from '#http';
import { Clock } from '#platform';
import { MoveTestClock, type TestClockAnswer } from './move-test-clock.command.js';
import { testClockOf } from './move-test-clock.handler.js';
import { MoveTestClockRequest } from './move-test-clock.request.dto.js';

@Controller('v1/test-clock')
@ApiTags('Test clock')
@ApiProblems('validation-failed', 'unauthenticated', 'forbidden', 'not-found', 'read-model-behind')
export class TestClockController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Describes('Where the test clock stands', 'There is none where time is the system’s.', 200, {
    now: '2026-06-01T00:00:00.000Z',
  })
  read(): TestClockAnswer {
    return { now: testClockOf(this.clock).now() };
  }

  @Put()
  @Takes(MoveTestClockRequest, { now: '2026-07-01T00:00:00Z' })
  @Describes(
    'Move the test clock forward',
    'Answers when everything that falls due until then has been done and is in the read model.',
    200,
    { now: '2026-07-01T00:00:00.000Z' },
  )
  move(@Body() request: MoveTestClockRequest): Promise<Answer<TestClockAnswer>> {
    return this.commands.execute(new MoveTestClock(request));
  }
}
