import { connect, connectionStringWith, withoutSecrets } from './connection-string.js';

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

describe('connect', () => {
  let printed: jest.SpyInstance[];
  let warned: jest.SpyInstance;
  beforeEach(() => {
    printed = (['warn', 'error', 'log'] as const).map((method) => jest.spyOn(console, method).mockReturnValue());
    warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  });
  afterEach(() => jest.restoreAllMocks());

  it.each(['tlsVerifyCert=false', 'password=hunter2', 'tls=true&x=1&connectionName=me@here'])(
    'says which options have no effect, and nothing else (%s)',
    async (options) => {
      const client = connect(`esdb://admin:hunter2@127.0.0.1:1?${options}`, keepAlive);
      for (const method of printed) expect(method).not.toHaveBeenCalled();
      expect(warned).toHaveBeenCalledWith(expect.not.stringContaining('hunter2'));
      await client.dispose();
    },
  );

  it.each([
    ['esdb://admin:hun@ter2@127.0.0.1:port', 'port number'],
    ['http://admin:hunter2@127.0.0.1', 'esdb:// or esdb+discover://'],
    ['esdb://admin:hunter2@127.0.0.1:1?tls=hunter2', 'true or false'],
  ])('says where it does not understand %s, without its text', (connectionString, expected) => {
    expect(() => connect(connectionString, keepAlive)).toThrow(expected);
    expect(() => connect(connectionString, keepAlive)).not.toThrow(/hun|ter2/);
  });
});

describe('withoutSecrets', () => {
  it.each([
    ['esdb://admin:changeit@one:2113,two:2113?tls=true', 'esdb://one:2113,two:2113'],
    ['esdb+discover://admin:p@ss/w?rd@cluster.example/?connectionName=me', 'esdb+discover://cluster.example'],
    ['esdb://127.0.0.1:2113?tls=false', 'esdb://127.0.0.1:2113'],
    ['admin:changeit@host', 'host'],
    ['', ''],
  ])('of %j shows %j', (connectionString, shown) => {
    expect(withoutSecrets(connectionString)).toBe(shown);
  });
});
