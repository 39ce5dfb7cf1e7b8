import { v5 as uuidV5 } from 'uuid';

/** A license is its domain: the name-based UUID of the lower-cased domain, so that a domain registers once without a look-up. */
export function licenseIdOf(domain: string): string {
  return uuidV5(domain.toLowerCase(), uuidV5.DNS);
}

export const licenseStreamPrefix = 'license-';

export function licenseStream(licenseId: string): string {
  return licenseStreamPrefix + licenseId;
}

/** The id of the license's n-th change of entitlement: the same however often the decision is replayed. */
export function changeIdOf(licenseId: string, ordinal: number): string {
  return uuidV5(`change:${ordinal}`, licenseId);
}

/**
 * `ACME.EXAMPLE-0001`: the code is the domain in capitals, which belongs to the license alone, and from which the
 * license of an invoice number is found without a look-up.
 */
export function invoiceNumberOf(domain: string, ordinal: number): string {
  return `${domain.toUpperCase()}-${String(ordinal).padStart(4, '0')}`;
}

/** The number of an entry of the credit ledger, `ACME.EXAMPLE-C0001`; gapless per license. */
export function creditEntryNumberOf(domain: string, ordinal: number): string {
  return `${domain.toUpperCase()}-C${String(ordinal).padStart(4, '0')}`;
}

/** The domain and the ordinal in an invoice number, or `null` when it is none. */
export function parseInvoiceNumber(invoiceNumber: string): { domain: string; ordinal: number } | null {
  const match = /^([A-Z0-9.-]+)-(\d{4,9})$/.exec(invoiceNumber);
  if (!match?.[1] || !match[2]) return null;
  return { domain: match[1].toLowerCase(), ordinal: Number(match[2]) };
}
