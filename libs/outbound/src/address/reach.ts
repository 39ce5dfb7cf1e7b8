import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** Whether an IP address may be called. */
export type Reach = (address: string) => boolean;

type Address = ReturnType<typeof ipaddr.process>;
type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** All that the internet routes to hosts; the rest of IPv6 is not given out, whatever its first bits look like. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');
/** What a network can be made of that is somebody's own; nobody's own are loopback, link-local and the like. */
const ownRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'rfc6052']);
/**
 * Where clouds answer with the machine's credentials, beside the link-local 169.254.169.254: Amazon by IPv6, Alibaba,
 * Azure. Some lie in ranges that would be open.
 */
const metadata: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '168.63.129.16'].map(normal));

/**
 * Whether the internet leads to `address`, so that calling it shows nothing that only we can reach. Not public are
 * loopback, private, link-local, shared, reserved and multicast addresses, what embeds IPv4 in IPv6 for a translator
 * (NAT64, 6to4, Teredo), and where clouds keep metadata. IPv4 that is mapped into IPv6 counts as IPv4.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed === undefined || metadata.has(parsed.toString()) || parsed.range() !== 'unicast') return false;
  return isIPv4(parsed) || parsed.match(globalUnicast);
}

/**
 * Where calls may go: everywhere while trying the ledger out; in production to public addresses, and into the private
 * `networks` (`10.20.0.0/16`) that the operator opens.
 */
export function reachOf(settings: { production: boolean; outboundNetworks: readonly string[] }): Reach {
  if (!settings.production) return () => true;
  const networks = settings.outboundNetworks.map((network) => ipaddr.parseCIDR(network));
  return (address) => isPublicAddress(address) || isOpened(address, networks);
}

/** Whether `network` is written as `address/prefix` and lies in a range that can be opened to calls. */
export function isOpenable(network: string): boolean {
  return ipaddr.isValidCIDR(network) && ownRanges.has(ipaddr.parseCIDR(network)[0].range());
}

function isOpened(address: string, networks: readonly Network[]): boolean {
  const parsed = parse(address);
  if (parsed === undefined || metadata.has(parsed.toString()) || !ownRanges.has(parsed.range())) return false;
  return networks.some((network) => network[0].kind() === parsed.kind() && parsed.match(network));
}

/** Of the forms that connections know; the library knows more of them, such as `127.1`. */
function parse(address: string): Address | undefined {
  return isIP(address) === 0 ? undefined : ipaddr.process(address);
}

const isIPv4 = (address: Address): address is ipaddr.IPv4 => address.kind() === 'ipv4';

function normal(address: string): string {
  return ipaddr.process(address).toString();
}

/** Whether `text` is an IP address, or a network as `address/prefix`. */
export function isNetwork(text: string): boolean {
  return isIP(text) !== 0 || ipaddr.isValidCIDR(text);
}
