import { Injectable } from '@nestjs/common';
import { toInstant } from '#calendar';
import type { JobView, List, QueueView } from '#contracts';
import { keysetCursor, notFound, ProblemException } from '#http';
import { dueKinds, type DueKind } from '../due/due-work.js';
import { JobQueues, type DueJob, type ListedState } from '../queues/job-queues.js';
import type { ListJobsRequest } from './list-jobs.request.dto.js';

const byPlace = keysetCursor({ place: 'integer' });

/** What operators see of the queues, and do to them. */
@Injectable()
export class Operations {
  constructor(private readonly queues: JobQueues) {}

  counts(): Promise<QueueView[]> {
    return withRedis(Promise.all(dueKinds.map(async (kind) => ({ kind, ...(await this.queues.counts(kind)) }))));
  }

  /** By their place in the queue: jobs that move on between two pages may be missing from both. */
  async list({ kind, state, limit, cursor }: ListJobsRequest): Promise<List<JobView>> {
    const from = cursor === undefined ? 0 : byPlace.decode(cursor).place;
    const jobs = (await withRedis(this.queues.queue(kind).getJobs(state, from, from + limit))) as DueJob[];
    return {
      items: jobs.slice(0, limit).map((job) => viewOf(job, kind, state)),
      nextCursor: jobs.length > limit ? byPlace.encode({ place: from + limit }) : null,
    };
  }

  /** Puts a job that was given up back into its queue. @throws ProblemException when there is none */
  async retry(kind: DueKind, jobId: string): Promise<JobView> {
    const job = (await withRedis(this.queues.queue(kind).getJob(jobId))) as DueJob | undefined;
    if (job === undefined || !(await withRedis(job.isFailed()))) {
      throw notFound(`No ${kind} with this id has failed. It may have been done since.`);
    }
    await withRedis(job.retry('failed', { resetAttemptsMade: true }));
    return viewOf(job, kind, 'waiting');
  }
}

function viewOf({ id, data, timestamp, delay, attemptsMade, failedReason }: DueJob, kind: DueKind, state: ListedState) {
  return {
    jobId: id ?? data.id,
    kind,
    state,
    licenseId: data.licenseId,
    changeId: data.changeId,
    dueAt: data.dueAt,
    queuedAt: toInstant(timestamp),
    nextAt: state === 'delayed' ? toInstant(timestamp + delay) : null,
    attempts: attemptsMade,
    reason: failedReason ?? null,
  };
}

async function withRedis<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new ProblemException('jobs-unavailable', 'Redis does not answer. What is due is done when it is back.');
  }
}
