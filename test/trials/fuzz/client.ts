import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { FuzzRequest } from './requests.js';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly durationMs: number;
}

/** The clock may be moved by years, and answers when all that falls due until then is done. */
const clockTimeoutMs = 180_000;

class ClosedMeanwhile extends Error {}

/** Sends what `fetch` would put right or refuse. */
export class FuzzClient {
  readonly #agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly timeoutMs: number,
  ) {}

  /** @throws when there is no whole answer in time */
  async send(asked: FuzzRequest, token: string | null): Promise<FuzzAnswer> {
    try {
      return await this.#send(asked, token);
    } catch (error) {
      // A connection that was kept may be closed just when it is used again, such as after a refusal.
      if (error instanceof ClosedMeanwhile) return this.#send(asked, token);
      throw error;
    }
  }

  async #send({ method, url, headers, body }: FuzzRequest, token: string | null): Promise<FuzzAnswer> {
    const startedAtMs = performance.now();
    const isChunked = headers['transfer-encoding'] !== undefined;
    const sent = request(this.url + url, {
      method,
      agent: this.#agent,
      signal: AbortSignal.timeout(url.startsWith('/v1/test-clock') ? clockTimeoutMs : this.timeoutMs),
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !isChunked && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.end(body);
    const [response] = (await once(sent, 'response').catch((error: NodeJS.ErrnoException) => {
      throw sent.reusedSocket && error.code === 'ECONNRESET' ? new ClosedMeanwhile() : error;
    })) as [IncomingMessage];
    const chunks: Buffer[] = [];
    // A stream has no end: how it begins is enough.
    const isEndless = response.headers['content-type']?.startsWith('text/event-stream') === true;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (isEndless) break;
    }
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      durationMs: performance.now() - startedAtMs,
    };
  }

  close(): void {
    this.#agent.destroy();
  }
}
