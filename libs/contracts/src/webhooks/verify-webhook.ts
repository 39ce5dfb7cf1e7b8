import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { PublicEvent } from '../events/cloud-event.js';
import { WebhookRefused } from './webhook-refused.js';

/** The headers of a request, as `fetch` or as Node's own server has them. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface WebhookOptions {
  /** The endpoint's secret, `whsec_…`. While it is rotated: the new one and the old one. */
  readonly secret: string | readonly string[];
  /** How far the time in a message may be from now. Default: 5 minutes. */
  readonly toleranceMs?: number;
  /** Default: the system's clock. */
  readonly now?: () => Date;
}

const toleranceMsDefault = 300_000;

/**
 * The event of a delivery, once its signature is the ledger's: Standard Webhooks. Events whose type this version of the
 * package does not know come through as well; leave them unhandled, and answer 2xx.
 *
 * @param body the bytes as they came, or their text; not what was parsed of them
 * @throws WebhookRefused for a message that is not the ledger's, or is too old
 * @throws Error for a secret that is none
 */
export function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  options: WebhookOptions,
): PublicEvent {
  const webhooks = [options.secret].flat().map((secret) => new Webhook(secret));
  if (webhooks.length === 0) throw new Error('A webhook is verified by one secret at least.');
  const id = header(headers, 'webhook-id');
  const sentAt = timeOf(header(headers, 'webhook-timestamp'), options);
  const signatures = header(headers, 'webhook-signature').split(' ').map(bytesOf);
  const text = textOf(body);
  const expected = webhooks.map((webhook) => bytesOf(webhook.sign(id, sentAt, text)));
  const isOurs = signatures.some((signature) =>
    expected.some((each) => each.length === signature.length && timingSafeEqual(each, signature)),
  );
  if (!isOurs) throw new WebhookRefused('signature-mismatch', 'The message is signed by none of the secrets.');
  return JSON.parse(text) as PublicEvent;
}

function header(headers: WebhookHeaders, name: string): string {
  const value = isGetter(headers) ? headers.get(name) : entryOf(headers, name);
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookRefused('header-missing', `The message must have one header ${name}.`);
}

function isGetter(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function';
}

function entryOf(headers: Exclude<WebhookHeaders, { get(name: string): string | null }>, wanted: string): unknown {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function timeOf(timestamp: string, { toleranceMs = toleranceMsDefault, now = () => new Date() }: WebhookOptions): Date {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookRefused('timestamp-invalid', 'webhook-timestamp must be in seconds since 1970.');
  }
  const sentAt = new Date(Number(timestamp) * 1_000);
  const ageMs = now().getTime() - sentAt.getTime();
  if (ageMs > toleranceMs) {
    throw new WebhookRefused('timestamp-too-old', `The message was sent ${Math.round(ageMs / 1_000)} s ago.`);
  }
  if (ageMs < -toleranceMs) {
    throw new WebhookRefused('timestamp-too-new', 'The message comes from the future: is the clock here right?');
  }
  return sentAt;
}

function textOf(body: string | Uint8Array): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) {
    throw new TypeError('The body must be what was received, as bytes or text, and not what was parsed of it.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new WebhookRefused('body-invalid', 'The body is not UTF-8.');
  }
}

const bytesOf = (text: string): Buffer => Buffer.from(text);
