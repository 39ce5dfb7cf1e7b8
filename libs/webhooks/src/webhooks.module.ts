import { Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { openSecret } from '#auth';
import { LicenseCommandsModule } from '#commands';
import { LicenseLogModule } from '#feed';
import { OutboundClient, reachOf } from '#outbound';
import { Settings } from '#platform';
import { DeliveriesController } from './api/deliveries.controller.js';
import { Deliveries } from './api/list-deliveries.js';
import { webhookHandlers } from './api/webhook-handlers.js';
import { WebhooksController } from './api/webhooks.controller.js';
import { defaultLimits, DeliveryLimitsToken, type DeliveryLimits } from './delivery/delivery-limits.js';
import { DeliveryStore } from './delivery/delivery-store.js';
import { Sender } from './delivery/sender.js';
import { WebhookRunner } from './delivery/webhook-runner.js';
import { EndpointRegister } from './endpoint/endpoint-register.js';
import { Endpoints } from './endpoint/endpoints.js';
import { EndpointSecrets } from './endpoint/secrets.js';

/** More of an answer is not read: what it says is of no consequence. */
const answerMaxBytes = 4_096;

const shared: Provider[] = [
  EndpointRegister,
  Endpoints,
  DeliveryStore,
  Sender,
  {
    provide: EndpointSecrets,
    inject: [Settings],
    useFactory: async ({ dataDir, secret }: Settings) =>
      new EndpointSecrets(secret ?? (await openSecret(dataDir, 'callbacks'))),
  },
  {
    provide: OutboundClient,
    inject: [Settings],
    useFactory: (settings: Settings) =>
      new OutboundClient({
        timeoutMs: settings.callbackTimeoutMs,
        answerMaxBytes,
        longAnswer: 'is cut',
        reach: reachOf(settings),
      }),
  },
];

/** Endpoints and single calls to them. Needs an EventStore, a Clock, Settings and a Pool. */
@Module({ providers: shared, exports: shared })
class WebhooksModule implements OnApplicationShutdown {
  constructor(private readonly client: OutboundClient) {}

  onApplicationShutdown(): void {
    this.client.close();
  }
}

/** What owners of endpoints call. */
@Module({
  imports: [CqrsModule, LicenseCommandsModule, WebhooksModule],
  controllers: [WebhooksController, DeliveriesController],
  providers: [Deliveries, ...webhookHandlers],
})
export class WebhooksApiModule {}

/** Delivers. */
@Module({})
export class WebhookWorkerModule {
  static with(limits: Partial<DeliveryLimits> = {}): DynamicModule {
    return {
      module: WebhookWorkerModule,
      imports: [WebhooksModule, LicenseLogModule],
      providers: [{ provide: DeliveryLimitsToken, useValue: { ...defaultLimits, ...limits } }, WebhookRunner],
    };
  }
}
