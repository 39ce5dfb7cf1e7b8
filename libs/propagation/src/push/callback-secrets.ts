import { createHmac } from 'node:crypto';

/** The secrets that sign callbacks: one for each license, made of one secret of the ledger, so that none is stored. */
export class CallbackSecrets {
  constructor(private readonly ledgerSecret: Buffer) {}

  /** In the form of Standard Webhooks, `whsec_…`. */
  of(licenseId: string): string {
    return `whsec_${createHmac('sha256', this.ledgerSecret).update(`callback ${licenseId}`).digest('base64')}`;
  }
}
