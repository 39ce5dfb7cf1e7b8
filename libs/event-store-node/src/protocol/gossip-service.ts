import { randomUUID } from 'node:crypto';
import type { sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';

const TICKS_PER_MILLISECOND = 10_000n;

export interface EndPoint {
  readonly address: string;
  readonly port: number;
}

/** Tells clients that look for a cluster that this node leads it and stands alone. */
export function gossipService(endPoint: () => EndPoint, now: () => number): UntypedServiceImplementation {
  const instance_id = { string: randomUUID() };
  return {
    Read(_call: unknown, respond: sendUnaryData<object>) {
      const time_stamp = String(BigInt(now()) * TICKS_PER_MILLISECOND);
      const member = { instance_id, time_stamp, state: 'Leader', is_alive: true, http_end_point: endPoint() };
      respond(null, { members: [member] });
    },
  };
}
