import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#http';
import { dueKinds, type DueKind } from '../due/due-work.js';
import { jobStates, type ListedState } from '../queues/job-queues.js';

export class ListJobsRequest extends PageQuery {
  @IsIn(dueKinds)
  kind!: DueKind;

  @IsOptional()
  @IsIn(jobStates)
  @ApiPropertyOptional()
  state: ListedState = 'failed';
}
