import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

import ipaddr from 'ipaddr.js';

/** Which addresses beside public ones may be connected to. */
export interface AddressRules {
  /** This computer's own: for installations that run on it alone. */
  readonly allowsLoopback: boolean;
}

/** Whether the server may connect to this IP address on a caller's behalf. */
export function isAllowedAddress(address: string, { allowsLoopback }: AddressRules): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as an IPv6 one is judged as what it is.
  const range = ipaddr.process(address).range();
  return range === 'unicast' || (allowsLoopback && range === 'loopback');
}

/**
 * Looks up a host name, all of whose addresses must be allowed. The connection itself uses this lookup, so the DNS answer cannot
 * change between check and use.
 */
export const lookupAllowed =
  (rules: AddressRules): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const refused = addresses.find(({ address }) => !isAllowedAddress(address, rules));
      const [first] = addresses;
      if (refused || !first) return callback(new Error(`${hostname} has no public address`), '');
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
