const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export interface Exposure {
  readonly host: string;
  readonly hasTls: boolean;
  readonly hasPassword: boolean;
}

/** Without TLS and a password of its own the node is for its own machine alone. */
export function refuseExposure({ host, hasTls, hasPassword }: Exposure): void {
  if (LOOPBACK.has(host) || (hasTls && hasPassword)) return;
  throw new Error(
    `The event store does not listen on ${host} without TLS and an administrator's password: anybody could read and ` +
      'write. Give both, or use 127.0.0.1.',
  );
}
