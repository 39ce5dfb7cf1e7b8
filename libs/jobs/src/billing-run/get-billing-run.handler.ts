import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { notFound } from '#http';
import type { BillingRun } from '#contracts';
import { BillingRuns } from './billing-runs.js';
import { RunProgress } from './run-progress.js';
import { GetBillingRun } from './run-billing.command.js';

@QueryHandler(GetBillingRun)
export class GetBillingRunHandler implements IQueryHandler<GetBillingRun> {
  constructor(
    private readonly runs: BillingRuns,
    private readonly progress: RunProgress,
  ) {}

  /** Whoever finds a run finished records it, for its end is not seen by anybody else. */
  async execute({ runId, correlationId }: GetBillingRun): Promise<BillingRun> {
    const { run } = await this.runs.find(runId);
    if (run === null) throw notFound('There is no such billing run.');
    const now = await this.progress.look(run);
    if (now.status === 'running' || run.status === 'finished') return now;
    return (await this.runs.record('BillingRunFinished', now, correlationId)).run ?? now;
  }
}
