import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/proto-loader';
import type { EventLog } from '../storage/event-log.js';
import { methodOf, serviceNamed } from './definitions.js';
import { gossipService, type EndPoint } from './gossip-service.js';
import { OpenCalls } from './open-calls.js';
import { serverFeaturesService } from './server-features-service.js';
import { streamsService } from './streams-service.js';

export interface ProtocolOptions {
  readonly log: EventLog;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly appendBytesMax: number;
  readonly now: () => number;
}

const MESSAGE_BYTES_MAX = 20 * 1024 * 1024;
/** How long a client may take to notice that the node stops. */
const SHUTDOWN_GRACE_MS = 2_000;

/** The node's gRPC end point. */
export class ProtocolServer {
  private constructor(
    private readonly server: Server,
    private readonly openCalls: OpenCalls,
    readonly endPoint: EndPoint,
  ) {}

  static async listen(options: ProtocolOptions): Promise<ProtocolServer> {
    const server = new Server({
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_send_message_length': -1,
    });
    const openCalls = new OpenCalls();
    const endPoint = { address: options.host, port: options.port };
    const streams = streamsDefinition();
    const features = serviceNamed('event_store.client.server_features.ServerFeatures');
    const gossip = serviceNamed('event_store.client.gossip.Gossip');
    server.addService(streams, streamsService({ ...options, openCalls }));
    server.addService(features, serverFeaturesService([streams, features, gossip]));
    server.addService(
      gossip,
      gossipService(() => endPoint, options.now),
    );
    endPoint.port = await bind(server, options);
    return new ProtocolServer(server, openCalls, endPoint);
  }

  /** Answers what is under way, ends the long calls and closes. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    await this.openCalls.end();
    const force = setTimeout(() => this.server.forceShutdown(), SHUTDOWN_GRACE_MS);
    await closed;
    clearTimeout(force);
  }
}

/** The responses to Read are handed over as bytes. */
function streamsDefinition(): ServiceDefinition {
  const service = serviceNamed('event_store.client.streams.Streams');
  return { ...service, Read: { ...methodOf(service, 'Read'), responseSerialize: (frame: unknown) => frame as Buffer } };
}

function bind(server: Server, { host, port }: ProtocolOptions): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(new Error(`Cannot listen on ${address}: ${error.message}. Choose another port (--port).`));
      else resolve(bound);
    });
  });
}
