import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Reach } from './reach.js';

/** Like `dns.lookup`, asked for all addresses. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Says nothing of where the name leads: whoever may name a host must not map our network by it. */
export class NotReachable extends Error {
  override readonly name = 'NotReachable';
  constructor(host: string) {
    super(`${host} is not on the public internet, and is not called`);
  }
}

/**
 * Resolves a name for a connection, and refuses it when one of its addresses is out of reach. It is asked for each
 * connection, and the connection is made to what it answers: a name that leads elsewhere a moment later changes nothing.
 */
export function guardedLookup(reach: Reach, resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, '');
      else if (first === undefined || !addresses.every(({ address }) => reach(address))) {
        callback(new NotReachable(hostname), '');
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
