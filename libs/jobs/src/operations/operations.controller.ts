import { Controller, Get, HttpCode, Param, ParseEnumPipe, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Describes } from '#commands';
import type { JobView, List, QueueView } from '#contracts';
import { ApiProblems, notFound } from '#http';
import { dueKinds, type DueKind } from '../due/due-work.js';
import { ListJobsRequest } from './list-jobs.request.dto.js';
import { Operations } from './operations.js';

const job: JobView = {
  jobId: '0637e301-e05d-505b-8267-486f5677de9b-1782864000000',
  kind: 'renewal',
  state: 'failed',
  licenseId: '0637e301-e05d-505b-8267-486f5677de9b',
  changeId: null,
  dueAt: '2026-07-01T00:00:00.000Z',
  queuedAt: '2026-06-30T23:59:50.000Z',
  nextAt: null,
  attempts: 3,
  reason: 'the stream holds an event that can not be read',
};

/** Nothing here is the truth: a job that is lost is found again from the events and the read model. */
@Controller('v1/operations')
@ApiTags('Running it')
@ApiProblems('validation-failed', 'unauthenticated', 'forbidden', 'not-found', 'jobs-unavailable')
export class OperationsController {
  constructor(private readonly operations: Operations) {}

  @Get('queues')
  @Describes('How many jobs wait, run and have failed', 'By kind.', 200, {
    items: [{ kind: 'renewal', waiting: 12, active: 4, delayed: 0, failed: 1 }],
  })
  async queues(): Promise<{ readonly items: readonly QueueView[] }> {
    return { items: await this.operations.counts() };
  }

  @Get('jobs')
  @Describes('List the jobs of a kind', 'Those that failed, with the reason, unless `state` asks for others.', 200, {
    items: [job],
    nextCursor: null,
  })
  jobs(@Query() request: ListJobsRequest): Promise<List<JobView>> {
    return this.operations.list(request);
  }

  @Post('jobs/:kind/:jobId/retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try a job again that failed',
    description: 'Jobs that failed are also tried again by themselves, every ten minutes.',
  })
  @ApiAcceptedResponse({ description: 'It waits for a worker', example: { ...job, state: 'waiting' } })
  retry(@Param('kind', existingKind()) kind: DueKind, @Param('jobId') jobId: string): Promise<JobView> {
    return this.operations.retry(kind, jobId);
  }
}

function existingKind(): ParseEnumPipe {
  const kinds = Object.fromEntries(dueKinds.map((kind) => [kind, kind]));
  return new ParseEnumPipe(kinds, { exceptionFactory: () => notFound() });
}
