import { PGlite } from '@electric-sql/pglite';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from './session.js';
import { SharedBackend } from './shared-backend.js';

export interface ReadModelServerOptions {
  /** Folder of the database's files, created when missing; `memory://` keeps it in memory. */
  readonly folder: string;
  /** A dump of an empty database to begin with; it saves most of the first start's seconds. */
  readonly template?: Blob | undefined;
  readonly transactionIdleMs?: number;
  readonly messageBytesMax?: number;
  /** Forces TCP on the loopback, as on systems without unix sockets. */
  readonly tcp?: boolean;
  readonly onBroken: (error: unknown) => void;
}

const socketPathMax = 103; // of sun_path, on the systems where it is shortest
const initialisedMarker = 'initialised';

/**
 * PGlite behind a socket, for any number of `pg` clients, whose transactions take turns.
 *
 * One session stands behind all clients. What outlives a transaction is shared: use SET LOCAL, and neither LISTEN,
 * session advisory locks, temporary tables across transactions, nor COPY FROM STDIN.
 */
export class ReadModelServer {
  private readonly sockets = new Set<Socket>();
  private readonly sessions = new Set<Promise<void>>();

  private constructor(
    private readonly db: PGlite,
    private readonly server: Server,
    readonly connectionString: string,
    /** Holds the unix socket and nothing else; null on TCP. */
    readonly socketFolder: string | null,
  ) {}

  static async start(options: ReadModelServerOptions): Promise<ReadModelServer> {
    const db = await openDatabase(options);
    const backend = new SharedBackend(db, options.onBroken);
    const unix = options.tcp === true ? undefined : newUnixSocket();
    const password = unix === undefined ? randomBytes(24).toString('hex') : undefined;
    const sessionOptions = {
      greeting: await backend.greeting(),
      password,
      transactionIdleMs: options.transactionIdleMs ?? 30_000,
      messageBytesMax: options.messageBytesMax ?? 256 * 1024 * 1024,
    };

    const server = createServer();
    if (unix !== undefined) server.listen(unix.path);
    else server.listen(0, '127.0.0.1');
    await once(server, 'listening');

    const address =
      unix === undefined
        ? `postgres:${password}@127.0.0.1:${(server.address() as AddressInfo).port}/postgres`
        : `postgres@/postgres?host=${encodeURIComponent(unix.folder)}`;
    const started = new ReadModelServer(db, server, `postgresql://${address}`, unix?.folder ?? null);
    server.on('connection', (socket) => started.track(socket, Session.serve(socket, backend, sessionOptions)));
    return started;
  }

  /** Ends every connection, rolls back what is open, and closes the files. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.sessions);
    await closed;
    await this.db.close();
    if (this.socketFolder !== null) rmSync(this.socketFolder, { recursive: true, force: true });
  }

  private track(socket: Socket, session: Promise<void>): void {
    socket.setNoDelay();
    this.sockets.add(socket);
    this.sessions.add(session);
    void session.finally(() => {
      this.sockets.delete(socket);
      this.sessions.delete(session);
    });
  }
}

/** A first start that was cut short leaves half a database: without the marker it is begun again. */
async function openDatabase({ folder, template }: ReadModelServerOptions): Promise<PGlite> {
  const inMemory = folder.startsWith('memory://');
  const marker = join(folder, initialisedMarker);
  const initialised = !inMemory && existsSync(marker);
  if (!inMemory && !initialised) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const db = await PGlite.create(
    inMemory ? 'memory://' : folder,
    template !== undefined && !initialised ? { loadDataDir: template } : {},
  );
  if (!inMemory && !initialised) writeFileSync(marker, '');
  return db;
}

/** In a fresh folder that only we may enter: a path inside the data folder can be too long for a socket. */
function newUnixSocket(): { folder: string; path: string } | undefined {
  if (process.platform === 'win32') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'seat-ledger-'));
  const path = join(folder, '.s.PGSQL.5432'); // the name that PostgreSQL's clients look for
  if (Buffer.byteLength(path) <= socketPathMax) return { folder, path };
  rmSync(folder, { recursive: true });
  return undefined;
}
