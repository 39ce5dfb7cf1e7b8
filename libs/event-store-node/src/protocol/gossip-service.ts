import type { sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';

const TICKS_PER_MILLISECOND = 10_000n;

/** What the node tells of itself to those who look for a cluster. */
export interface NodeIdentity {
  readonly instanceId: string;
  readonly endPoint: { readonly address: string; readonly port: number };
}

/** Tells clients that look for a cluster that this node leads it and stands alone. */
export function gossipService({ instanceId, endPoint }: NodeIdentity, now: () => number): UntypedServiceImplementation {
  return {
    Read(_call: unknown, respond: sendUnaryData<object>) {
      const time_stamp = String(BigInt(now()) * TICKS_PER_MILLISECOND);
      const instance_id = { string: instanceId };
      const member = { instance_id, time_stamp, state: 'Leader', is_alive: true, http_end_point: endPoint };
      respond(null, { members: [member] });
    },
  };
}

/** The same as `GET /gossip` answers it. */
export const gossipJson = ({ instanceId, endPoint: { address, port } }: NodeIdentity, now: () => number): object => ({
  members: [
    {
      instanceId,
      timeStamp: new Date(now()).toISOString(),
      state: 'Leader',
      isAlive: true,
      httpEndPointIp: address,
      httpEndPointPort: port,
    },
  ],
  serverIp: address,
  serverPort: port,
});
