import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventStore } from './event-store.js';
import { EventStoreModule } from './event-store.module.js';
import { StoreFixture, until } from './spec-support/store-fixture.js';

const whereItIs = Symbol('connection string');

describe('EventStoreModule', () => {
  it('provides one store, from a connection string known only at start, and closes it at shutdown', async () => {
    const fixture = await StoreFixture.start();
    @Module({
      providers: [{ provide: whereItIs, useFactory: async () => fixture.connectionString }],
      exports: [whereItIs],
    })
    class WhereModule {}

    const app = await Test.createTestingModule({
      imports: [
        EventStoreModule.forRootAsync({
          imports: [WhereModule],
          inject: [whereItIs],
          useFactory: (connectionString: string) => ({ connectionString }),
        }),
      ],
    }).compile();
    const store = app.get(EventStore);
    await expect(store.health()).resolves.toMatchObject({ available: true });

    const { signal } = new AbortController();
    const subscription = store.subscribeToAll({ from: 'start', signal, batch: { maxEvents: 1, maxWaitMs: 1 } });
    const following = (async () => {
      for await (const batch of subscription) expect(batch.checkpoint).toBeDefined();
    })();
    await until('it is subscribed', () => subscription.status.connected);
    await app.close();
    await following;
    await fixture.close();
  });
});
