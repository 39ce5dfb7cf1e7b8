import { Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { openSecret, PublishedKeys } from '#auth';
import { LicenseCommandsModule } from '#commands';
import { OutboundClient, reachOf } from '#outbound';
import { Clock, Settings } from '#platform';
import { AcknowledgeController } from './acknowledgement/acknowledge.controller.js';
import { AcknowledgeHandler } from './acknowledgement/acknowledge.handler.js';
import { Acknowledgements } from './acknowledgement/acknowledgements.js';
import { Propagations } from './acknowledgement/propagations.js';
import { PushAttempts } from './attempts/push-attempts.js';
import { EntitlementController } from './entitlement/entitlement.controller.js';
import { EntitlementKeys } from './entitlement/entitlement-keys.js';
import { Entitlements } from './entitlement/entitlements.js';
import { LicenseHistoryReader } from './history/license-history-reader.js';
import { CallbackSecrets } from './push/callback-secrets.js';
import { PushLeases } from './push/push-leases.js';
import { Pushes } from './push/pushes.js';
import { RetryController } from './retry/retry.controller.js';

const answerMaxBytes = 16_384;

const providers: Provider[] = [
  LicenseHistoryReader,
  Propagations,
  PushAttempts,
  Acknowledgements,
  Entitlements,
  PushLeases,
  Pushes,
  {
    provide: EntitlementKeys,
    inject: [Settings, Clock, PublishedKeys],
    useFactory: ({ dataDir }: Settings, clock: Clock, published: PublishedKeys) => {
      const keys = new EntitlementKeys(dataDir, clock);
      published.publish(() => keys.published());
      return keys;
    },
  },
  {
    provide: CallbackSecrets,
    inject: [Settings],
    useFactory: async ({ dataDir, secret }: Settings) =>
      new CallbackSecrets(secret ?? (await openSecret(dataDir, 'callbacks'))),
  },
  {
    provide: OutboundClient,
    inject: [Settings],
    useFactory: (settings: Settings) =>
      new OutboundClient({ timeoutMs: settings.callbackTimeoutMs, answerMaxBytes, reach: reachOf(settings) }),
  },
];

/** Bringing entitlements to their instances, without the interface. Needs an EventStore, a Clock, Settings, a Pool. */
@Module({ imports: [LicenseCommandsModule], providers, exports: providers })
export class PropagationModule implements OnApplicationShutdown {
  constructor(private readonly callbacks: OutboundClient) {}

  onApplicationShutdown(): void {
    this.callbacks.close();
  }
}

/** What instances and support call. Needs a PushQueue beside. */
@Module({
  imports: [CqrsModule, LicenseCommandsModule, PropagationModule],
  controllers: [EntitlementController, AcknowledgeController, RetryController],
  providers: [AcknowledgeHandler],
})
export class PropagationApiModule {}
