const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Without TLS and credentials the node is for its own machine alone. */
export function refusePublicBind(host: string): void {
  if (LOOPBACK.has(host)) return;
  throw new Error(
    `The event store does not listen on ${host} without TLS and credentials: anybody could read and write. ` +
      'Use 127.0.0.1, or run an EventStoreDB cluster.',
  );
}
