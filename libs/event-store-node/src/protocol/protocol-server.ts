import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/proto-loader';
import type { LinkStreams } from '../link-streams/link-streams.js';
import type { PersistentSubscriptions } from '../persistent-subscriptions/persistent-subscriptions.js';
import type { EventLog } from '../storage/event-log.js';
import { Access } from './access.js';
import { methodOf, serviceNamed } from './definitions.js';
import { openFrontDoor, type TlsOptions } from './front-door.js';
import { gossipService, type NodeIdentity } from './gossip-service.js';
import { createHttpServer } from './http-answers.js';
import { OpenCalls } from './open-calls.js';
import { persistentService } from './persistent-service.js';
import { projectionsService } from './projections-service.js';
import { serverFeaturesService } from './server-features-service.js';
import { streamsService } from './streams-service.js';

export interface ProtocolOptions {
  readonly log: EventLog;
  readonly subscriptions: PersistentSubscriptions;
  readonly links: LinkStreams;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** The address that clients who look for the node are told. */
  readonly advertisedHost: string;
  readonly tls: TlsOptions | undefined;
  readonly adminPassword: string;
  readonly credentialsRequired: boolean;
  readonly appendBytesMax: number;
  readonly now: () => number;
}

const MESSAGE_BYTES_MAX = 20 * 1024 * 1024;
/** How long a client may take to notice that the node stops. */
const SHUTDOWN_GRACE_MS = 2_000;

/** The node's end point: gRPC, and a little HTTP on the same port. */
export class ProtocolServer {
  private constructor(
    private readonly grpc: Server,
    private readonly openCalls: OpenCalls,
    private readonly door: { readonly port: number; close(): Promise<void> },
  ) {}

  static async listen(options: ProtocolOptions): Promise<ProtocolServer> {
    const access = new Access({ adminPassword: options.adminPassword, required: options.credentialsRequired });
    const grpc = new Server({
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_send_message_length': -1,
    });
    const openCalls = new OpenCalls();
    const endPoint = { address: options.advertisedHost, port: options.port };
    const identity = { instanceId: randomUUID(), endPoint };
    addServices(grpc, { ...options, access, openCalls, identity });
    const door = await openFrontDoor({
      ...options,
      grpc: grpc.createConnectionInjector(ServerCredentials.createInsecure()),
      http: createHttpServer({ ...options, access, identity }),
    });
    endPoint.port = door.port;
    return new ProtocolServer(grpc, openCalls, door);
  }

  get port(): number {
    return this.door.port;
  }

  /** Answers what is under way, ends the long calls and closes. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.grpc.tryShutdown(() => resolve()));
    await this.openCalls.end();
    const force = setTimeout(() => this.grpc.forceShutdown(), SHUTDOWN_GRACE_MS);
    await closed;
    clearTimeout(force);
    await this.door.close();
  }
}

interface Services extends ProtocolOptions {
  readonly access: Access;
  readonly openCalls: OpenCalls;
  readonly identity: NodeIdentity;
}

function addServices(grpc: Server, options: Services): void {
  const { access, openCalls, subscriptions, identity, now } = options;
  const streams = serviceNamed('event_store.client.streams.Streams');
  const persistent = serviceNamed('event_store.client.persistent_subscriptions.PersistentSubscriptions');
  const projections = serviceNamed('event_store.client.projections.Projections');
  const features = serviceNamed('event_store.client.server_features.ServerFeatures');
  const gossip = serviceNamed('event_store.client.gossip.Gossip');
  const usernameOf = (call: Parameters<Access['callerOf']>[0]) => access.callerOf(call);
  grpc.addService(readAsBytes(streams), access.guard(streamsService(options)));
  grpc.addService(readAsBytes(persistent), access.guard(persistentService({ subscriptions, openCalls, usernameOf })));
  grpc.addService(projections, access.guard(projectionsService(options.links)));
  // Asked by clients before they have anything to do, and without credentials.
  grpc.addService(features, serverFeaturesService([streams, persistent, projections, features, gossip]));
  grpc.addService(gossip, gossipService(identity, now));
}

/** The responses to Read are handed over as bytes. */
function readAsBytes(service: ServiceDefinition): ServiceDefinition {
  return { ...service, Read: { ...methodOf(service, 'Read'), responseSerialize: (frame: unknown) => frame as Buffer } };
}
