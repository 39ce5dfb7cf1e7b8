import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import { DueWork } from '../due/due-work.js';
import type { BillingRun } from '#contracts';
import { RenewalFailures } from './renewal-failures.js';

const failuresShown = 100;

/** How far a run has come is not counted anywhere: it is seen from what is still due. */
@Injectable()
export class RunProgress {
  constructor(
    private readonly due: DueWork,
    private readonly failures: RenewalFailures,
    private readonly clock: Clock,
  ) {}

  /** The run as it stands now. */
  async look(run: BillingRun): Promise<BillingRun> {
    if (run.status === 'finished') return run;
    // In this order: what fails in between is open still, and one that is done in between has not failed.
    const failures = await this.failures.of(run.until);
    const open = await this.due.countRenewals(run.until);
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
}
