import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedEntitlement } from '#contracts';

export interface Received {
  readonly entitlement: SignedEntitlement;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A helpdesk instance's callback that answers as it is told. */
export class SpecInstance {
  readonly received: Received[] = [];
  answers: (received: Received) => Answer | Promise<Answer> = acknowledges;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<SpecInstance> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const instance = new SpecInstance(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/entitlement`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const received = { body, headers: request.headers, entitlement: JSON.parse(body) as SignedEntitlement };
        instance.received.push(received);
        void Promise.resolve(instance.answers(received)).then(({ status, body: answer }) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
        );
      });
    });
    return instance;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export function acknowledges({ entitlement: { revision, seats } }: Received): Answer {
  return { status: 200, body: { revision, seats } };
}
