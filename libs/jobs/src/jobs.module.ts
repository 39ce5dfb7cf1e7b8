import { Global, Module, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { LicenseCommandsModule } from '#commands';
import { Clock } from '#platform';
import { PropagationApiModule, PropagationModule, PushQueue } from '#propagation';
import { BillingRuns } from './billing-run/billing-runs.js';
import { GetBillingRunHandler } from './billing-run/get-billing-run.handler.js';
import { RenewalFailures } from './billing-run/renewal-failures.js';
import { RunBillingController } from './billing-run/run-billing.controller.js';
import { RunBillingHandler } from './billing-run/run-billing.handler.js';
import { RunProgress } from './billing-run/run-progress.js';
import { DueWork } from './due/due-work.js';
import { ProjectedDueWork } from './due/projected-due-work.js';
import { Operations } from './operations/operations.js';
import { OperationsController } from './operations/operations.controller.js';
import { UnfinishedErasures } from './erasures/unfinished-erasures.js';
import { JobQueues } from './queues/job-queues.js';
import { QueuedPushes } from './queues/queued-pushes.js';
import { RedisPlace } from './queues/redis-place.js';
import { ChangeFollower } from './search/change-follower.js';
import { Search } from './search/search.js';
import { SearchLoop } from './search/search-loop.js';
import { MoveTestClockHandler } from './test-clock/move-test-clock.handler.js';
import { TestClockController } from './test-clock/test-clock.controller.js';
import { TimeTravel } from './test-clock/time-travel.js';
import { Deadlines } from './workers/deadlines.js';
import { PushesInTurn } from './workers/pushes-in-turn.js';
import { Renewals } from './workers/renewals.js';
import { Workers } from './workers/workers.js';

const queueProviders: Provider[] = [
  { provide: JobQueues, inject: [RedisPlace], useFactory: (redis: RedisPlace) => JobQueues.open(redis) },
  { provide: DueWork, useClass: ProjectedDueWork },
  Search,
  { provide: PushQueue, useClass: QueuedPushes },
];

/** Finding due work and the way to the workers. Needs a RedisPlace, a Pool and a Clock. */
@Global()
@Module({ providers: queueProviders, exports: queueProviders.map((of) => ('provide' in of ? of.provide : of)) })
export class JobQueuesModule {}

/** What the interface offers of it: billing runs, the test clock, what operators see, propagation. */
@Module({
  imports: [CqrsModule, JobQueuesModule, PropagationApiModule],
  controllers: [RunBillingController, TestClockController, OperationsController],
  providers: [
    BillingRuns,
    RenewalFailures,
    RunProgress,
    RunBillingHandler,
    GetBillingRunHandler,
    TimeTravel,
    MoveTestClockHandler,
    Operations,
  ],
})
export class JobsApiModule {}

/** The worker: looks for due work, and does it. */
@Module({
  imports: [JobQueuesModule, LicenseCommandsModule, PropagationModule],
  providers: [
    Renewals,
    Deadlines,
    PushesInTurn,
    SearchLoop,
    ChangeFollower,
    UnfinishedErasures,
    {
      provide: Workers,
      inject: [RedisPlace, JobQueues, Clock, Renewals, Deadlines, PushesInTurn],
      useFactory: (
        redis: RedisPlace,
        queues: JobQueues,
        clock: Clock,
        ...handlers: [Renewals, Deadlines, PushesInTurn]
      ) => new Workers(redis, queues, clock, handlers),
    },
  ],
})
export class WorkerModule {}
