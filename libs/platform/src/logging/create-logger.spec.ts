import { PassThrough } from 'node:stream';
import { createLogger } from './create-logger.js';

function outputOf(isTTY: boolean, write: (logger: ReturnType<typeof createLogger>) => void): string {
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  write(createLogger({ logLevel: 'info', production: false }, output as unknown as NodeJS.WriteStream));
  return String(output.read());
}

describe('createLogger', () => {
  it('writes JSON where nobody watches, without secrets', () => {
    const text = outputOf(false, (logger) => logger.info({ req: { headers: { authorization: 'Bearer x' } } }, 'asked'));
    expect(JSON.parse(text)).toMatchObject({ msg: 'asked', req: { headers: { authorization: '(hidden)' } } });
  });

  it('writes a readable line on a terminal, with the stack of an error', () => {
    const text = outputOf(true, (logger) => logger.error({ err: new Error('no'), license: 'l-1' }, 'failed'));
    expect(text).toMatch(/\d\d:\d\d:\d\d\.\d{3}.*error.* failed .*license=l-1/);
    expect(text).toContain('Error: no\n    at ');
  });
});
