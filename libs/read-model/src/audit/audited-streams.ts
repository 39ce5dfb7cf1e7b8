/** Streams that the audit is made of, and no other view. */
export const billingRunStreamPrefix = 'billing-run-';
export const webhookStreamPrefix = 'webhook-';

export const auditedAlone = [billingRunStreamPrefix, webhookStreamPrefix] as const;

export const isAuditedAlone = (stream: string): boolean => auditedAlone.some((prefix) => stream.startsWith(prefix));
