import ipaddr from 'ipaddr.js';
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';

const networkBits = 64;

/** Who calls, by address: of IPv6 the network, for whoever has one has all its addresses. */
export function callerByAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${networkBits}`).toString();
}

/** Who calls, by what they show for it; the token itself is kept nowhere. */
export function callerByToken(authorization: string): string {
  return createHash('sha256').update(authorization).digest('base64url');
}
