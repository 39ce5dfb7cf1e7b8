import { isDatabaseOutage, openPool } from '#projection-engine';
import { testDatabases } from '#testing';

const withCode = (code: string, message = 'no') => Object.assign(new Error(message), { code });

describe('a database outage', () => {
  it.each([
    ['08006', 'connection failure'],
    ['53300', 'too many connections'],
    ['57P01', 'terminated by an administrator'],
    ['57P03', 'starting up'],
    ['57014', 'took too long'],
  ])('is what the server says by %s: %s', (code) => {
    expect(isDatabaseOutage(withCode(code))).toBe(true);
  });

  it.each([
    ['23505', 'a duplicate'],
    ['22P02', 'a malformed value'],
    ['42P01', 'a missing table, which will not come by waiting'],
    ['40001', 'a conflict'],
  ])('is not what the server says by %s: %s', (code) => {
    expect(isDatabaseOutage(withCode(code, 'Query timeout terminated'))).toBe(false);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('is what the system says by %s', (code) => {
    expect(isDatabaseOutage(withCode(code))).toBe(true);
  });

  it('is a socket that is not there, and not a file', () => {
    expect(isDatabaseOutage(Object.assign(withCode('ENOENT'), { syscall: 'connect' }))).toBe(true);
    expect(isDatabaseOutage(Object.assign(withCode('ENOENT'), { syscall: 'open' }))).toBe(false);
  });

  it('is not what comes from elsewhere, whatever it says', () => {
    const elsewhere = [new Error('timeout'), new TypeError('terminated'), withCode('ERR_JWKS_TIMEOUT', 'timeout')];
    for (const thing of [...elsewhere, 'timeout', undefined, { code: '08006' }]) {
      expect(isDatabaseOutage(thing)).toBe(false);
    }
  });
});

it('a server that is not there any more is an outage for the pool', async () => {
  const [kind] = testDatabases();
  const database = await kind?.open();
  if (database === undefined) throw new Error('there is always a database to test on');
  const pool = openPool(database.connectionString, { max: 1 });
  await pool.query('SELECT 1');
  await database.drop();
  for (let attempt = 0; attempt < 3; attempt++) {
    const error: unknown = await pool.query('SELECT 1').catch((failure: unknown) => failure);
    expect(isDatabaseOutage(error)).toBe(true);
  }
  await pool.end();
});
