import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { isPrivateAddress, publicLookup } from './private-network.js';

export interface CallbackLimits {
  /** From the first byte sent to the last byte received. */
  readonly timeoutMs: number;
  readonly answerMaxBytes: number;
  /** What a longer answer is: a failure, which is the default, or one whose rest is not read. */
  readonly longAnswer?: 'fails' | 'is cut';
  /** Whether hosts inside a private network may be called. */
  readonly allowPrivate: boolean;
}

export interface CallbackAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The instance could not be called, or not within the limits; the message is for people. */
export class CallbackFailed extends Error {
  override readonly name = 'CallbackFailed';
}

/** Calls what customers name: within limits, without following anybody anywhere. */
export class CallbackClient {
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 }),
    'https:': new https.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 }),
  };

  constructor(private readonly limits: CallbackLimits) {}

  /** @throws CallbackFailed */
  async post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<CallbackAnswer> {
    const { timeoutMs } = this.limits;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#send(new URL(url), body, headers, signal);
      return { status: response.statusCode ?? 0, headers: response.headers, body: await this.#read(response) };
    } catch (error) {
      if (error instanceof CallbackFailed) throw error;
      if (signal.aborted) throw new CallbackFailed(`no answer within ${timeoutMs} ms`);
      throw new CallbackFailed(reasonOf(error), { cause: error });
    }
  }

  close(): void {
    Object.values(this.#agents).forEach((agent) => agent.destroy());
  }

  #send(
    url: URL,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { allowPrivate } = this.limits;
    const { protocol, hostname } = url;
    if (protocol !== 'http:' && protocol !== 'https:') throw new CallbackFailed(`${protocol} is not called`);
    // An address is not looked up, so it is checked here.
    const address = hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(address) !== 0 && isPrivateAddress(address)) {
      throw new CallbackFailed(`${address} is inside a private network`);
    }
    const options = {
      method: 'POST',
      agent: this.#agents[protocol],
      signal,
      headers: { 'content-type': 'application/json', ...headers, 'content-length': Buffer.byteLength(body) },
      ...(!allowPrivate && { lookup: publicLookup }),
    };
    return new Promise<IncomingMessage>((resolve, reject) => {
      const { request } = protocol === 'https:' ? https : http;
      const sent: ClientRequest = request(url, options, resolve);
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept may be closed just when it is used again: no fault of the instance's.
        const wasClosed = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (wasClosed && !signal.aborted) resolve(this.#send(url, body, headers, signal));
        else reject(error);
      });
      sent.end(body);
    });
  }

  async #read(response: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= this.limits.answerMaxBytes) continue;
      // Leaving the loop ends the connection.
      if (this.limits.longAnswer === 'is cut') break;
      throw new CallbackFailed(`the answer is longer than ${this.limits.answerMaxBytes} bytes`);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** A refused connection to several addresses comes as an error without words of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message !== '' ? message : (code ?? 'the connection failed');
}
