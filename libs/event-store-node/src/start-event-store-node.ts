import { hostname } from 'node:os';
import { LinkStreams } from './link-streams/link-streams.js';
import { PersistentSubscriptions } from './persistent-subscriptions/persistent-subscriptions.js';
import type { TlsOptions } from './protocol/front-door.js';
import { ProtocolServer } from './protocol/protocol-server.js';
import { refuseExposure } from './protocol/exposure.js';
import { LmdbEventLog } from './storage/lmdb-event-log.js';

export interface EventStoreNodeOptions {
  /** Folder of the node's files; created when it is missing. */
  readonly dataFolder: string;
  /** Address to listen on, 127.0.0.1 by default; another one needs TLS and a password. */
  readonly host?: string | undefined;
  /** 0, the default, for any port that is free. */
  readonly port?: number | undefined;
  /** The address that clients who discover the node are told; `host` by default. */
  readonly advertisedHost?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Of the user `admin`, `changeit` by default. With TLS and a password set here, every call needs credentials. */
  readonly adminPassword?: string | undefined;
  /** Most bytes of events in one append; 1 MiB by default. */
  readonly appendBytesMax?: number | undefined;
  /** Whether to keep `$ce-<category>` and `$et-<type>`; once on, they stay on until a client disables them. */
  readonly linkStreams?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Called when the disk has failed; the node takes no appends from then on and should be restarted. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** Called at start when power loss has torn a commit: one that nobody was told of, and that is gone. */
  readonly onTornCommit?: (() => void) | undefined;
}

export interface EventStoreNode {
  /** For `EventStoreDBClient.connectionString`. */
  readonly connectionString: string;
  readonly host: string;
  readonly port: number;
  /** Answers what is under way and closes the files. */
  stop(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PASSWORD = 'changeit';
const DEFAULT_APPEND_BYTES_MAX = 1024 * 1024;
const WILDCARDS = new Set(['0.0.0.0', '::']);

/** @throws {DataFolderError} when the folder is held by another process or holds something else. */
export async function startEventStoreNode(options: EventStoreNodeOptions): Promise<EventStoreNode> {
  const { host = DEFAULT_HOST, port = 0, tls, adminPassword, now = Date.now } = options;
  const { onFailure = () => undefined, onTornCommit } = options;
  refuseExposure({ host, hasTls: tls !== undefined, hasPassword: adminPassword !== undefined });
  const advertisedHost = options.advertisedHost ?? (WILDCARDS.has(host) ? hostname() : host);
  const log = await LmdbEventLog.open({ folder: options.dataFolder, now, onFailure, onTornCommit });
  try {
    const subscriptions = new PersistentSubscriptions(log, now);
    const links = new LinkStreams(log);
    if (options.linkStreams) await links.switchAllOn();
    const server = await ProtocolServer.listen({
      log,
      subscriptions,
      links,
      host,
      port,
      advertisedHost,
      tls,
      adminPassword: adminPassword ?? DEFAULT_PASSWORD,
      credentialsRequired: tls !== undefined && adminPassword !== undefined,
      appendBytesMax: options.appendBytesMax ?? DEFAULT_APPEND_BYTES_MAX,
      now,
    });
    const stop = async () => {
      await subscriptions.stop();
      await links.stop();
      await server.stop();
      await log.close();
    };
    let stopped: Promise<void> | undefined;
    return {
      connectionString: `esdb://${bracketed(advertisedHost)}:${server.port}?tls=${tls !== undefined}`,
      host,
      port: server.port,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
