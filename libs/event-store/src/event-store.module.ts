import { Inject, Module, type DynamicModule, type FactoryProvider, type OnApplicationShutdown } from '@nestjs/common';
import { EventStore, type EventStoreOptions } from './event-store.js';

export interface EventStoreModuleOptions extends EventStoreOptions {
  readonly connectionString: string;
}

/** Provides one EventStore to the whole application, and closes it at shutdown. */
@Module({})
export class EventStoreModule implements OnApplicationShutdown {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  static forRoot(options: EventStoreModuleOptions): DynamicModule {
    return EventStoreModule.forRootAsync({ useFactory: () => options });
  }

  /** For a connection string that is known only once something else has started. */
  static forRootAsync(
    source: Pick<FactoryProvider<EventStoreModuleOptions>, 'inject' | 'useFactory'> & Pick<DynamicModule, 'imports'>,
  ): DynamicModule {
    const provider: FactoryProvider<EventStore> = {
      provide: EventStore,
      inject: source.inject ?? [],
      useFactory: async (...injected: unknown[]) => {
        const { connectionString, ...options } = await source.useFactory(...injected);
        return new EventStore(connectionString, options);
      },
    };
    return {
      module: EventStoreModule,
      global: true,
      imports: source.imports ?? [],
      providers: [provider],
      exports: [EventStore],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
