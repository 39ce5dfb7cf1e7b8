import { isOpenable, isPublicAddress, reachOf } from './reach.js';

describe('isPublicAddress', () => {
  it.each([
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    ['unspecified, which connects to this machine', '0.0.0.0', '0.1.2.3', '::'],
    ['private', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1'],
    ['link-local, metadata among it', '169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0'],
    ['metadata elsewhere', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
    ['shared between carriers', '100.64.0.1', '100.127.255.255'],
    ['mapped into IPv6', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe'],
    ['embedded for a translator', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1', '2002:7f00:1::', '2001:0::1'],
    ['IPv4 written into IPv6 as of old', '::127.0.0.1', '::7f00:1', '::ffff:0:127.0.0.1'],
    ['site-local, as of old', 'fec0::1'],
    ['multicast, broadcast, reserved', '224.0.0.1', 'ff02::1', '255.255.255.255', '240.0.0.1', '100::1'],
    ['for documents and benchmarks', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1'],
    ['not given out', '4000::1', '1::1'],
    ['no address', 'localhost', '', '1.2.3', 'fe80::1%', '::g'],
  ])('is false of what is %s', (_, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('is true of what the internet leads to', () => {
    const open = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '168.63.129.17', '2606:4700::1111', '::ffff:8.8.8.8'];
    expect(open.filter(isPublicAddress)).toEqual(open);
  });
});

describe('reachOf', () => {
  it('is everywhere outside production', () => {
    expect(reachOf({ production: false, outboundNetworks: [] })('127.0.0.1')).toBe(true);
  });

  it('is the internet and what was opened in production', () => {
    const reach = reachOf({ production: true, outboundNetworks: ['10.20.0.0/16', 'fd12::/16', '100.64.0.0/10'] });
    const asked = ['8.8.8.8', '10.20.3.4', '::ffff:10.20.3.4', 'fd12::1', '100.64.1.1'];
    expect(asked.filter(reach)).toEqual(asked);
    expect(['10.21.0.1', 'fd13::1', '127.0.0.1', '100.100.100.200'].filter(reach)).toEqual([]);
  });

  it('never opens this machine, its links or its metadata, however wide the networks', () => {
    const reach = reachOf({ production: true, outboundNetworks: ['0.0.0.0/0', '::/0'] });
    const closed = ['127.0.0.1', '0.0.0.0', '169.254.169.254', '::1', 'fe80::1', 'fd00:ec2::254'];
    expect(closed.filter(reach)).toEqual([]);
  });
});

describe('isOpenable', () => {
  it('is true of private networks alone', () => {
    expect(['10.0.0.0/8', '192.168.1.0/24', 'fd00::/8', '100.64.0.0/10'].filter(isOpenable)).toHaveLength(4);
    expect(['127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/0', '8.8.8.0/24', '10.0.0.1', 'x/8'].filter(isOpenable)).toEqual(
      [],
    );
  });
});
