import { createHmac } from 'node:crypto';
import { publicEventExamples } from '../events/index.js';
import { verifyWebhook, type WebhookHeaders, type WebhookOptions } from './verify-webhook.js';

const key = Buffer.from('a secret of thirty-two bytes, 32');
const secret = `whsec_${key.toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another secret of the same size.').toString('base64')}`;
const event = publicEventExamples()[0]!;
const body = JSON.stringify({ ...event, note: 'Zoë' });
const sentAt = new Date('2026-06-11T09:30:00Z');
const seconds = sentAt.getTime() / 1_000;

/** As the specification of Standard Webhooks has it, by Node's own HMAC. */
function signed(text: string, by = key, timestamp: number | string = seconds) {
  const signature = createHmac('sha256', by).update(`${event.id}.${timestamp}.${text}`).digest('base64');
  return {
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}

const after = (laterMs: number, more: Partial<WebhookOptions> = {}): WebhookOptions => ({
  secret,
  now: () => new Date(sentAt.getTime() + laterMs),
  ...more,
});
const reasonOf = (given: string | Uint8Array, headers: WebhookHeaders, options = after(0)): unknown => {
  try {
    return verifyWebhook(given, headers, options);
  } catch (error) {
    return (error as { reason?: unknown }).reason ?? error;
  }
};

describe('a webhook', () => {
  it.each<[string, string | Uint8Array, WebhookHeaders]>([
    ['as text', body, signed(body)],
    ['as bytes', Buffer.from(body), signed(body)],
    ['as bytes that are no Buffer', new TextEncoder().encode(body), signed(body)],
    ['with headers as fetch has them', body, new Headers(signed(body))],
    [
      'with headers in capitals',
      body,
      Object.fromEntries(Object.entries(signed(body)).map(([n, v]) => [n.toUpperCase(), v])),
    ],
  ])('is the event that it carries: %s', (_, given, headers) => {
    expect(verifyWebhook(given, headers, after(0))).toEqual(JSON.parse(body));
  });

  it('is taken by the old and by the new secret while they change', () => {
    expect(reasonOf(body, signed(body), after(0, { secret: [otherSecret, secret] }))).toMatchObject({ id: event.id });
    const both = { ...signed(body), 'webhook-signature': `v1,${'A'.repeat(43)}= ${signed(body)['webhook-signature']}` };
    expect(reasonOf(body, both)).toMatchObject({ id: event.id });
  });

  it('is taken within the tolerance, on both sides', () => {
    for (const laterMs of [300_000, -300_000]) {
      expect(reasonOf(body, signed(body), after(laterMs))).toMatchObject({ id: event.id });
    }
    expect(reasonOf(body, signed(body), after(3_600_000, { toleranceMs: 3_600_000 }))).toMatchObject({ id: event.id });
  });

  const changed = body.replace('Zoë', 'Zoe');
  it.each<[string, string | Uint8Array, WebhookHeaders, WebhookOptions]>([
    ['timestamp-too-old', body, signed(body), after(300_001)],
    ['timestamp-too-old', body, signed(body), after(1_001, { toleranceMs: 1_000 })],
    ['timestamp-too-new', body, signed(body), after(-300_001)],
    ['timestamp-invalid', body, signed(body, key, 'now'), after(0)],
    ['timestamp-invalid', body, signed(body, key, '-1'), after(0)],
    ['signature-mismatch', changed, signed(body), after(0)],
    ['signature-mismatch', body, signed(body, Buffer.from('no secret of ours')), after(0)],
    ['signature-mismatch', body, signed(body), after(0, { secret: otherSecret })],
    ['signature-mismatch', body, { ...signed(body), 'webhook-id': 'another' }, after(0)],
    ['signature-mismatch', body, { ...signed(body), 'webhook-timestamp': String(seconds + 1) }, after(0)],
    ['signature-mismatch', body, { ...signed(body), 'webhook-signature': 'v1,' }, after(0)],
    [
      'signature-mismatch',
      body,
      { ...signed(body), 'webhook-signature': signed(body)['webhook-signature'].replace('v1', 'v2') },
      after(0),
    ],
    ['header-missing', body, { ...signed(body), 'webhook-id': undefined }, after(0)],
    ['header-missing', body, { ...signed(body), 'webhook-timestamp': ['1', '2'] }, after(0)],
    ['header-missing', body, {}, after(0)],
    ['header-missing', body, new Headers(), after(0)],
    ['body-invalid', Buffer.from([0x7b, 0xff, 0x7d]), signed('{\ufffd}'), after(0)],
  ])('is refused: %s', (reason, given, headers, options) => {
    expect(reasonOf(given, headers, options)).toBe(reason);
  });

  it('of a type that is not known here comes through', () => {
    const unknown = JSON.stringify({ ...event, type: 'io.seat-ledger.webhook-test.v1' });
    expect(reasonOf(unknown, signed(unknown))).toMatchObject({ type: 'io.seat-ledger.webhook-test.v1' });
  });

  it('needs what it was given wrongly: a secret, and the body that came', () => {
    expect(() => verifyWebhook(body, signed(body), after(0, { secret: [] }))).toThrow('one secret at least');
    expect(() => verifyWebhook(body, signed(body), after(0, { secret: '' }))).toThrow();
    const parsed = JSON.parse(body) as string;
    expect(() => verifyWebhook(parsed, signed(body), after(0))).toThrow('and not what was parsed of it');
  });
});
