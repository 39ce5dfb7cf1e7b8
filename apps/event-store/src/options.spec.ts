import { readOptions } from './options.js';

describe('options of the event store', () => {
  it('are those of one machine by default', () => {
    expect(readOptions([], {})).toMatchObject({
      dataFolder: '.data/event-store',
      host: '127.0.0.1',
      port: 2113,
      tls: undefined,
      adminPassword: undefined,
      appendBytesMax: 1_048_576,
      linkStreams: false,
    });
  });

  it('come from the environment, and from flags before it', () => {
    const environment = { EVENT_STORE_PORT: '3000', EVENT_STORE_DATA: 'there', EVENT_STORE_LINK_STREAMS: 'true' };
    const flags = ['--port', '0', '--max-append', '5000'];
    expect(readOptions(flags, { ...environment, EVENT_STORE_ADMIN_PASSWORD: 'secret' })).toMatchObject({
      dataFolder: 'there',
      port: 0,
      appendBytesMax: 5_000,
      linkStreams: true,
      adminPassword: 'secret',
    });
  });

  it.each([
    [['--port', '70000'], '0 to 65535'],
    [['--port', 'first'], '0 to 65535'],
    [['--max-append', '0'], 'whole number'],
    [['--tls-cert', 'node.crt'], 'needs both'],
    [['--prot', '1'], '--prot'],
  ])('refuse %j', (flags, reason) => {
    expect(() => readOptions(flags, {})).toThrow(reason);
  });

  it('give way to help', () => {
    expect(readOptions(['--help'], {})).toBeUndefined();
  });
});
