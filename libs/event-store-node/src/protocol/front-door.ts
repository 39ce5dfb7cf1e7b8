import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { ConnectionInjector } from '@grpc/grpc-js';

export interface TlsOptions {
  /** PEM, with the intermediate certificates. */
  readonly certificate: string | Buffer;
  readonly key: string | Buffer;
}

export interface FrontDoorOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsOptions | undefined;
  readonly grpc: Pick<ConnectionInjector, 'injectConnection'>;
  readonly http: HttpServer;
}

/** How long a connection may take to say what it speaks. */
const FIRST_BYTES_WITHIN_MS = 10_000;
/** What an HTTP/2 connection begins with: `PRI * HTTP/2.0`. No method of HTTP/1 that is served here shares it. */
const HTTP2_PREFACE = Buffer.from('PRI');

/** The one port: gRPC clients and plain HTTP are told apart by how they begin, also inside TLS. */
export async function openFrontDoor(options: FrontDoorOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port, tls, grpc, http } = options;
  const sockets = new Set<Socket>();
  const welcome = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    route(socket, grpc, http);
  };
  const server: Server = tls
    ? createTlsServer({ cert: tls.certificate, key: tls.key, ALPNProtocols: ['h2', 'http/1.1'], minVersion: 'TLSv1.2' })
    : createServer({ noDelay: true });
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket | TLSSocket) => welcome(socket));

  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot listen on ${host}:${port}: ${reason}. Choose another port (--port).`);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The port has no address.');
  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function route(socket: Socket, grpc: FrontDoorOptions['grpc'], http: HttpServer): void {
  const impatient = () => socket.destroy();
  socket.setTimeout(FIRST_BYTES_WITHIN_MS, impatient);
  // A connection that breaks before it is routed concerns nobody.
  const ignore = () => undefined;
  socket.on('error', ignore);
  socket.once('data', (first: Buffer) => {
    socket.setTimeout(0);
    socket.off('timeout', impatient);
    socket.off('error', ignore);
    socket.pause();
    socket.unshift(first);
    if (first.subarray(0, HTTP2_PREFACE.length).equals(HTTP2_PREFACE)) {
      grpc.injectConnection(socket);
    } else {
      http.emit('connection', socket);
      socket.resume();
    }
  });
}
