import { types } from 'node:util';

/** Classes of SQLSTATE that speak of the server: connection exception, insufficient resources, operator intervention. */
const serverClasses = new Set(['08', '53', '57']);

/** Five digits and letters, never letters alone: EPIPE is the system's. */
const sqlState = /^(?=.*\d)[0-9A-Z]{5}$/;

/** What the system says when no server answers. */
const systemCodes = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' '),
);

/** What the driver says of its own accord, without a code. */
const driverWords = /timeout|terminated|not queryable/i;

/** Whether a statement failed because the database could not be reached: the same may succeed in a while. */
export function isDatabaseOutage(error: unknown): error is Error {
  if (!types.isNativeError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (sqlState.test(code)) return serverClasses.has(code.slice(0, 2));
  // A unix socket that is not there; a file that is not is something else.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
  if (code !== '') return systemCodes.has(code);
  return error.stack?.includes('/pg') === true && driverWords.test(error.message);
}
