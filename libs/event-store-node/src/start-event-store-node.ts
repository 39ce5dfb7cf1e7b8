import { ProtocolServer } from './protocol/protocol-server.js';
import { refusePublicBind } from './protocol/public-bind.js';
import { LmdbEventLog } from './storage/lmdb-event-log.js';

export interface EventStoreNodeOptions {
  /** Folder of the node's files; created when it is missing. */
  readonly dataFolder: string;
  /** Address to listen on, 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, for any port that is free. */
  readonly port?: number;
  /** Most bytes of events in one append; 1 MiB by default. */
  readonly appendBytesMax?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Called when the disk has failed; the node takes no appends from then on and should be restarted. */
  readonly onFailure?: (error: unknown) => void;
}

export interface EventStoreNode {
  /** For `EventStoreDBClient.connectionString`. */
  readonly connectionString: string;
  readonly host: string;
  readonly port: number;
  /** Answers what is under way and closes the files. */
  stop(): Promise<void>;
}

export const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_APPEND_BYTES_MAX = 1024 * 1024;

/** @throws {DataFolderUnusableError} when the folder is held by another process or holds something else. */
export async function startEventStoreNode(options: EventStoreNodeOptions): Promise<EventStoreNode> {
  const { dataFolder, host = DEFAULT_HOST, port = 0, appendBytesMax = DEFAULT_APPEND_BYTES_MAX } = options;
  const { now = Date.now, onFailure = () => undefined } = options;
  refusePublicBind(host);
  const log = await LmdbEventLog.open({ folder: dataFolder, now, onFailure });
  try {
    const server = await ProtocolServer.listen({ log, host, port, appendBytesMax, now });
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      await server.stop();
      await log.close();
    };
    return {
      connectionString: `esdb://${host}:${server.endPoint.port}?tls=false`,
      host,
      port: server.endPoint.port,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}
