import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
  /** Resolves when its connection is gone, or its answer has ended. */
  readonly closed: Promise<unknown>;
}

export type Answer = (response: ServerResponse) => unknown;

/** An HTTP server that answers its first request by the first answer, its second one by the second, and so on. */
export class ScriptedServer {
  readonly requests: ReceivedRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(...answers: readonly Answer[]): Promise<ScriptedServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const scripted = new ScriptedServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const closed = once(response, 'close');
      void text(request).then((body) => {
        const { method = '', url = '', headers } = request;
        const answer = answers[scripted.requests.length];
        scripted.requests.push({ method, url, headers, body, atMs: performance.now(), closed });
        return answer ? answer(response) : response.writeHead(500).end('nothing is scripted');
      });
    });
    return scripted;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const json =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export const problemOf = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { status, code, detail: `because ${code}` }, { 'content-type': 'application/problem+json', ...headers });

/** The request has arrived, and its answer never does. */
export const lost: Answer = (response) => response.destroy();
