import { connectionStringWith } from './connection-string.js';

const keepAlive = { intervalMs: 10_000, timeoutMs: 5_000 };

describe('connectionStringWith', () => {
  it('adds pings where the connection string says nothing of them', () => {
    expect(connectionStringWith('esdb://a:2113', keepAlive)).toBe(
      'esdb://a:2113?keepAliveInterval=10000&keepAliveTimeout=5000',
    );
    expect(connectionStringWith('esdb://a:2113?tls=false&keepaliveinterval=20000', keepAlive)).toBe(
      'esdb://a:2113?tls=false&keepaliveinterval=20000&keepAliveTimeout=5000',
    );
  });

  it('refuses to have them turned off', () => {
    expect(() => connectionStringWith('esdb://a?keepAliveInterval=-1', keepAlive)).toThrow(/dead connection/);
  });
});
