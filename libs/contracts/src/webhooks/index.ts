export { verifyWebhook, type WebhookHeaders, type WebhookOptions } from './verify-webhook.js';
export { WebhookRefused, type WebhookRefusal } from './webhook-refused.js';
