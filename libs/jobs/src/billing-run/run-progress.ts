import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform';
import { DueWork } from '../due/due-work.js';
import { JobQueues } from '../queues/job-queues.js';
import type { BillingRun, RenewalFailure } from './billing-run.js';

const failuresShown = 100;

/** How far a run has come is not counted anywhere: it is seen from what is still due. */
@Injectable()
export class RunProgress {
  private readonly logger = new Logger(RunProgress.name);

  constructor(
    private readonly due: DueWork,
    private readonly queues: JobQueues,
    private readonly clock: Clock,
  ) {}

  /** The run as it stands now. */
  async look(run: BillingRun): Promise<BillingRun> {
    if (run.status === 'finished') return run;
    const [open, failures] = await Promise.all([this.due.countRenewals(run.until), this.#failuresOf(run)]);
    const failed = Math.min(failures.length, open);
    const isOver = open <= failed;
    return {
      ...run,
      status: isOver ? 'finished' : 'running',
      finishedAt: isOver ? this.clock.now() : null,
      // More may have become due at that moment since the run began, such as a license that was moved in.
      due: Math.max(run.due, open),
      done: Math.max(run.due, open) - open,
      failed,
      failures: failures.slice(0, failuresShown),
    };
  }

  async #failuresOf({ until }: BillingRun): Promise<RenewalFailure[]> {
    try {
      const failed = await this.queues.failed('renewal');
      return failed
        .map(({ data: { licenseId, dueAt }, failedReason }) => ({ licenseId, dueAt, reason: failedReason }))
        .filter(({ dueAt }) => dueAt <= until);
    } catch (error) {
      this.logger.warn(`Without Redis nobody knows which licenses failed: ${String(error)}`);
      return [];
    }
  }
}
