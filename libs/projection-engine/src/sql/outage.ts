/** Classes of SQLSTATE that speak of the server: connection exception, insufficient resources, operator intervention. */
const serverClasses = new Set(['08', '53', '57']);

/** What the driver and the system say, without a code or with their own, when no server answers. */
const unanswered =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|timeout|terminated|Client has encountered a connection error|not queryable/i;

/** Whether a statement failed because the database could not be reached: the same may succeed in a while. */
export function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return serverClasses.has(code.slice(0, 2));
  const isFromDriver = code !== '' || error.stack?.includes('/pg') === true;
  return isFromDriver && unanswered.test(`${code} ${error.message}`);
}
