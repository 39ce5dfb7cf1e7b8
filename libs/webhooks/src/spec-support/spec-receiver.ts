import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly id: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: { readonly type: string; readonly subject: string; readonly sequence?: string };
}

type Answers = (response: ServerResponse, received: Received) => void;

export const takes: Answers = (response) => void response.writeHead(204).end();

/** An endpoint that answers as it is told. */
export class SpecReceiver {
  readonly received: Received[] = [];
  answers: Answers = takes;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<SpecReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new SpecReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const id = String(request.headers['webhook-id']);
        const received = { id, body, headers: request.headers, event: JSON.parse(body) as Received['event'] };
        receiver.received.push(received);
        receiver.answers(response, received);
      });
    });
    return receiver;
  }

  /** The places of a license's events in the order in which they were first seen. */
  firstSeen(licenseId: string): number[] {
    const seen = this.received
      .filter(({ event }) => event.subject === licenseId)
      .map(({ event }) => Number(event.sequence));
    return [...new Set(seen)];
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
