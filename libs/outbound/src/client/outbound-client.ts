import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { guardedLookup, NotReachable, type Resolve } from '../address/guarded-lookup.js';
import type { Reach } from '../address/reach.js';

export interface OutboundLimits {
  /** From looking the host up to the last byte received. */
  readonly timeoutMs: number;
  readonly answerMaxBytes: number;
  /** What a longer answer is: a failure, which is the default, or one whose rest is not read. */
  readonly longAnswer?: 'fails' | 'is cut';
  readonly reach: Reach;
  /** How names are looked up; the system's way by default. */
  readonly resolve?: Resolve;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The host could not be called, or not within the limits; the message is for people. */
export class OutboundFailed extends Error {
  override readonly name = 'OutboundFailed';
}

const connections = { keepAlive: true, maxFreeSockets: 64, timeout: 30_000 };
/** Many names behind slow servers must not take up all that this process can open. */
const socketsPerHostMax = 64;
const socketsMax = 1_024;
const headersMaxBytes = 16_384;

/**
 * Calls what strangers name: within limits, only where they may send us, and without following anybody anywhere.
 * Proxies of the environment are not used: they would look the name up themselves.
 */
export class OutboundClient {
  readonly #agents = {
    'http:': new http.Agent({ ...connections, maxSockets: socketsPerHostMax, maxTotalSockets: socketsMax }),
    'https:': new https.Agent({ ...connections, maxSockets: socketsPerHostMax, maxTotalSockets: socketsMax }),
  };
  readonly #lookup;

  constructor(private readonly limits: OutboundLimits) {
    this.#lookup = guardedLookup(limits.reach, limits.resolve);
  }

  /** The body is JSON unless `headers` say otherwise. @throws OutboundFailed */
  async post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<OutboundAnswer> {
    const { timeoutMs } = this.limits;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#send(this.#checked(url), body, headers, signal);
      return { status: response.statusCode ?? 0, headers: response.headers, body: await this.#read(response) };
    } catch (error) {
      if (error instanceof OutboundFailed) throw error;
      if (signal.aborted) throw new OutboundFailed(`no answer within ${timeoutMs} ms`);
      throw new OutboundFailed(reasonOf(error), { cause: error });
    }
  }

  close(): void {
    Object.values(this.#agents).forEach((agent) => agent.destroy());
  }

  /** URL brings every way of writing an address (decimal, octal, hexadecimal) to one; an address is not looked up. */
  #checked(text: string): URL {
    const url = new URL(text);
    const { protocol, hostname, username, password } = url;
    if (protocol !== 'http:' && protocol !== 'https:') throw new OutboundFailed(`${protocol} is not called`);
    if (username !== '' || password !== '') throw new OutboundFailed('a URL with credentials is not called');
    const host = hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !this.limits.reach(host)) throw new NotReachable(host);
    return url;
  }

  #send(
    url: URL,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const isSecure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      agent: this.#agents[isSecure ? 'https:' : 'http:'],
      signal,
      headers: { 'content-type': 'application/json', ...headers, 'content-length': Buffer.byteLength(body) },
      maxHeaderSize: headersMaxBytes,
      lookup: this.#lookup,
    };
    return new Promise<IncomingMessage>((resolve, reject) => {
      const { request } = isSecure ? https : http;
      const sent: ClientRequest = request(url, options, resolve);
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept may be closed just when it is used again: no fault of the host's.
        const wasClosed = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (wasClosed && !signal.aborted) resolve(this.#send(url, body, headers, signal));
        else reject(error);
      });
      sent.end(body);
    });
  }

  async #read(response: IncomingMessage): Promise<string> {
    const { answerMaxBytes, longAnswer } = this.limits;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= answerMaxBytes) continue;
      // Leaving the loop ends the connection.
      if (longAnswer === 'is cut') break;
      throw new OutboundFailed(`the answer is longer than ${answerMaxBytes} bytes`);
    }
    return Buffer.concat(chunks).subarray(0, answerMaxBytes).toString('utf8');
  }
}

/** A refused connection to several addresses comes as an error without words of its own. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message !== '' ? message : (code ?? 'the connection failed');
}
