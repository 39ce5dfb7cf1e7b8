/** Adds what the connection string leaves open: without pings, a connection that dies in silence is never noticed. */
export function connectionStringWith(
  connectionString: string,
  keepAlive: { readonly intervalMs: number; readonly timeoutMs: number },
): string {
  const wanted = { keepAliveInterval: keepAlive.intervalMs, keepAliveTimeout: keepAlive.timeoutMs };
  let result = connectionString.trim();
  for (const [name, valueMs] of Object.entries(wanted)) {
    const given = new RegExp(`[?&]${name}=(-?\\d+)`, 'i').exec(result);
    if (given && Number(given[1]) < 0) {
      throw new Error(`The connection string turns ${name} off: remove it, or a dead connection goes unnoticed.`);
    }
    if (!given) result += `${result.includes('?') ? '&' : '?'}${name}=${valueMs}`;
  }
  return result;
}
