import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Endpoint } from './endpoint.js';

/** What of an endpoint decides how its messages are signed. */
type Signed = Pick<Endpoint, 'secretVersion' | 'oldSecretUntil'>;

/** The secrets of endpoints, made of one secret of the ledger with the endpoint and the number of the rotation. */
export class EndpointSecrets {
  constructor(private readonly ledgerSecret: Buffer) {}

  /** In the form of Standard Webhooks, `whsec_…`. */
  of(endpointId: string, version: number): string {
    const secret = createHmac('sha256', this.ledgerSecret).update(`webhook ${endpointId} ${version}`).digest('base64');
    return `whsec_${secret}`;
  }

  /** The three headers of Standard Webhooks; during a rotation's overlap with a signature by each of the two secrets. */
  headers(endpointId: string, { secretVersion, oldSecretUntil }: Signed, id: string, body: string, now: Date) {
    const overlaps = oldSecretUntil !== null && now.toISOString() < oldSecretUntil;
    const versions = overlaps ? [secretVersion, secretVersion - 1] : [secretVersion];
    const signatures = versions.map((version) => new Webhook(this.of(endpointId, version)).sign(id, now, body));
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': signatures.join(' '),
    };
  }
}
