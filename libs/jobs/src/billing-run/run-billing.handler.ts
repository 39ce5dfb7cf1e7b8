import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandIdOf, type Origin } from '#commands';
import { answer, OwnWrites, type Answer } from '#http';
import { Clock } from '#platform';
import { DueWork } from '../due/due-work.js';
import { Search } from '../search/search.js';
import type { BillingRun } from '#contracts';
import { BillingRuns } from './billing-runs.js';
import { RunProgress } from './run-progress.js';
import { RunBilling } from './run-billing.command.js';

/** A run that is over within this time is answered as such; a longer one is answered as running. */
const answerAfterMs = 10_000;
const pollMs = 100;

/** Has the workers do at once what they would come to anyway, and sees how far they are. */
@CommandHandler(RunBilling)
export class RunBillingHandler implements ICommandHandler<RunBilling> {
  constructor(
    private readonly due: DueWork,
    private readonly search: Search,
    private readonly runs: BillingRuns,
    private readonly progress: RunProgress,
    private readonly ownWrites: OwnWrites,
    private readonly clock: Clock,
  ) {}

  async execute({ origin }: RunBilling): Promise<Answer<BillingRun>> {
    const { principal, idempotencyKey, correlationId } = origin;
    const runId = commandIdOf(`billing run of ${principal.subject}`, idempotencyKey);
    const started = await this.#start(runId, origin);
    const answered = started.answered ?? (await this.#await(started.run, correlationId));
    const position = this.ownWrites.last();
    return answer(answered, position === undefined ? {} : { position });
  }

  async #start(runId: string, origin: Origin) {
    const until = this.clock.now();
    const due = await this.due.countRenewals(until);
    const state = await this.runs.start(
      { runId, status: 'running', until, finishedAt: null, due, done: 0, failed: 0, failures: [] },
      origin,
    );
    if (state.run === null) throw new Error('a run that was started is recorded');
    return { run: state.run, answered: state.answered };
  }

  /** @returns the run when it is over or when the time is, and has the very answer recorded */
  async #await(started: BillingRun, correlationId: string): Promise<BillingRun> {
    const untilMs = performance.now() + answerAfterMs;
    for (;;) {
      await this.search.pass().catch(() => undefined); // without Redis the workers look for themselves when it is back
      const run = await this.progress.look(started);
      if (run.status === 'finished' || performance.now() >= untilMs) {
        const type = run.status === 'finished' ? 'BillingRunFinished' : 'BillingRunReported';
        const { answered } = await this.runs.record(type, run, correlationId);
        return answered ?? run;
      }
      await sleep(pollMs);
    }
  }
}
