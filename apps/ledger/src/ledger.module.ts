import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import pg from 'pg';
import { AuthModule } from '#auth';
import { CommandsModule } from '#commands';
import { Seller } from '#documents';
import { EventStore } from '#event-store';
import { FeedModule } from '#feed';
import { HttpModule, ReadModelPosition } from '#http';
import { JobQueues, JobsApiModule, RedisPlace, WorkerModule } from '#jobs';
import { Persons } from '#personal-data';
import { Clock, Settings } from '#platform';
import { Progress, Projector } from '#projection-engine';
import { ledgerSchema, operationsSchema, ReadModel, ReadModelModule } from '#read-model';
import { WebhooksApiModule, WebhookWorkerModule } from '#webhooks';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import type { Options } from './options.js';

/** What was started before the application, and outlives it. */
export interface LedgerParts {
  readonly settings: Settings;
  readonly options: Options;
  readonly clock: Clock;
  readonly store: EventStore;
  readonly pool: pg.Pool;
  readonly persons: Persons;
  /** Null in a process that has nothing to do with jobs. */
  readonly redis: RedisPlace | null;
  readonly progress: Progress;
  /** Null in a process that does not project. */
  readonly projector: Projector | null;
}

@Global()
@Module({})
class PartsModule {
  static with({
    settings,
    options,
    clock,
    store,
    pool,
    persons,
    redis,
    progress,
    projector,
  }: LedgerParts): DynamicModule {
    const readModel = new ReadModel(pool, ledgerSchema);
    const providers: Provider[] = [
      { provide: Settings, useValue: settings },
      { provide: Clock, useValue: clock },
      { provide: EventStore, useValue: store },
      { provide: ReadModel, useValue: readModel },
      { provide: Persons, useValue: persons },
      { provide: Seller, useValue: settings.seller },
      { provide: ReadModelPosition, useValue: progress },
      { provide: pg.Pool, useValue: pool },
      ...(redis === null ? [] : [{ provide: RedisPlace, useValue: redis }]),
      {
        provide: Readiness,
        inject: [{ token: JobQueues, optional: true }],
        useFactory: (queues?: JobQueues) =>
          new Readiness(store, pool, progress, projector, queues ?? null, options.roles),
      },
      { provide: Metrics, useValue: new Metrics(projector) },
    ];
    return {
      module: PartsModule,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}

/** The service: health and metrics in every process, and what its roles ask for. */
export function ledgerModule(parts: LedgerParts): DynamicModule {
  const { settings, options, pool } = parts;
  const isApi = options.roles.has('api');
  return {
    module: class LedgerModule {},
    imports: [
      PartsModule.with(parts),
      HttpModule,
      AuthModule.forRoot({
        ...{ dataDir: settings.dataDir, auth: settings.auth },
        ...(isApi && { serviceKeys: { pool, schema: operationsSchema } }),
      }),
      ...(isApi ? [CommandsModule, ReadModelModule, JobsApiModule, WebhooksApiModule, FeedModule] : []),
      ...(options.roles.has('worker') ? [WorkerModule, WebhookWorkerModule.with()] : []),
    ],
    controllers: [HealthController, MetricsController],
  };
}
