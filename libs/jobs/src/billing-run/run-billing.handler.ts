import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { commandIdOf } from '#commands';
import { answer, OwnWrites, type Answer } from '#http';
import { Clock } from '#platform';
import { RollForward } from '../due/roll-forward.js';
import { BillingRuns } from './billing-runs.js';
import { RunBilling, type BillingRun } from './run-billing.command.js';

@CommandHandler(RunBilling)
export class RunBillingHandler implements ICommandHandler<RunBilling> {
  constructor(
    private readonly rollForward: RollForward,
    private readonly runs: BillingRuns,
    private readonly ownWrites: OwnWrites,
    private readonly clock: Clock,
  ) {}

  async execute({ origin }: RunBilling): Promise<Answer<BillingRun>> {
    const { principal, idempotencyKey, correlationId } = origin;
    const runId = commandIdOf(`billing run of ${principal.subject}`, idempotencyKey);
    const run = (await this.runs.find(runId, origin)) ?? (await this.#run(runId, correlationId));
    const { state } = await this.runs.finish(run, origin);
    const position = this.ownWrites.last();
    return answer(state ?? run, position === undefined ? {} : { position });
  }

  async #run(runId: string, correlationId: string): Promise<BillingRun> {
    const until = this.clock.now();
    return { runId, until, ...(await this.rollForward.completely(until, correlationId)) };
  }
}
