export { defaultLimits, type DeliveryLimits } from './delivery/delivery-limits.js';
export { EndpointRegister } from './endpoint/endpoint-register.js';
export { WebhooksApiModule, WebhookWorkerModule } from './webhooks.module.js';
