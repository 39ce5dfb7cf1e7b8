/** Why a message is not taken for the ledger's. */
export type WebhookRefusal =
  | 'header-missing'
  | 'timestamp-invalid'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'signature-mismatch'
  | 'body-invalid';

/** A message that is not the ledger's, or was not meant for now: answer it with 400 and do nothing. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';

  constructor(
    readonly reason: WebhookRefusal,
    detail: string,
  ) {
    super(detail);
  }
}
