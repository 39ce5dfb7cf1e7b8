import type { Operations } from '../api/operations.js';
import type { List } from '../values.js';
import { fetchWhole } from './fetch-whole.js';
import { LedgerProblem } from './ledger-problem.js';
import { pathOf, type Exchange, type PathParameters } from './request.js';

export interface LedgerClientOptions {
  /** Where the ledger is, such as `https://ledger.example.com`. */
  readonly baseUrl: string;
  /** The bearer token, or what gives the present one. */
  readonly token: string | (() => string | Promise<string>);
  /** How often a request is sent at most, until it is answered otherwise than by 429 or 503. Default: 4. */
  readonly attemptsMax?: number;
  /** How long one attempt may take. Default: 30 s. */
  readonly timeoutMs?: number;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

export type Operation = keyof Operations;
export type AnswerOf<K extends Operation> = Operations[K]['answer'];
export type ListOperation = { [K in Operation]: AnswerOf<K> extends List<unknown> ? K : never }[Operation];
export type ItemOf<K extends ListOperation> = AnswerOf<K> extends List<infer Item> ? Item : never;

/** What a request may be sent with, beside what its operation takes. */
export interface RequestOptions {
  /** Of a command: the same key with the same body gives the first answer again. Default: one is made. */
  readonly idempotencyKey?: string;
  /** The `etag` of the license that you have seen: refused when it has changed since. */
  readonly ifMatch?: string;
  /** The `position` of a command's answer: a query waits until it includes it. */
  readonly minPosition?: string;
  readonly signal?: AbortSignal;
}

type QueryPart<O> = O extends { query: infer Q }
  ? Partial<Q> extends Q
    ? { readonly query?: Q }
    : { readonly query: Q }
  : unknown;
type BodyPart<O> = O extends { body: infer B } ? { readonly body: B } : unknown;
type PathPart<K extends string> = [PathParameters<K>] extends [never]
  ? unknown
  : { readonly path: Readonly<Record<PathParameters<K>, string>> };

export type RequestOf<K extends Operation> = RequestOptions &
  PathPart<K> &
  QueryPart<Operations[K]> &
  BodyPart<Operations[K]>;

/** What `call` takes behind the operation: nothing where nothing has to be said. */
export type RequestArguments<K extends Operation> =
  Partial<RequestOf<K>> extends RequestOf<K> ? [RequestOf<K>?] : [RequestOf<K>];

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
  /** Of a command: where in the log its events are. Give it to a query as `minPosition` to read what you wrote. */
  readonly position: string | null;
  /** Of a license: for `ifMatch`. */
  readonly etag: string | null;
}

const attemptsMaxDefault = 4;
const timeoutMsDefault = 30_000;
const firstDelayMs = 250;

/**
 * The ledger over HTTP. Each operation is named as in its OpenAPI document, and typed by it.
 *
 * A request that is answered by 429 or 503, or whose answer is lost, is sent again, with what `Retry-After` asks for. A
 * command has an idempotency key, so that this does nothing twice.
 */
export class LedgerClient {
  readonly #options: LedgerClientOptions;

  constructor(options: LedgerClientOptions) {
    this.#options = options;
  }

  /**
   * @throws LedgerProblem when the ledger refuses; its `code` says why
   * @throws the error of `fetch` when the ledger can't be reached
   */
  async call<K extends Operation>(operation: K, ...[request]: RequestArguments<K>): Promise<Answered<AnswerOf<K>>> {
    const { attemptsMax = attemptsMaxDefault } = this.#options;
    const exchange = this.#exchange(operation, request ?? {});
    for (let attempt = 1; ; attempt += 1) {
      let delayMs = firstDelayMs * 2 ** (attempt - 1);
      try {
        const response = await this.#send(exchange);
        if (response.ok) return await answered<AnswerOf<K>>(response);
        const problem = await LedgerProblem.of(response);
        if (attempt >= attemptsMax || !problem.isTemporary) throw problem;
        delayMs = problem.retryAfterMs ?? delayMs;
      } catch (error) {
        if (error instanceof LedgerProblem || attempt >= attemptsMax || exchange.signal?.aborted) throw error;
      }
      await pause(delayMs, exchange.signal);
    }
  }

  /** Every item of a list, page after page. @throws as `call` does */
  async *items<K extends ListOperation>(
    operation: K,
    ...[request]: RequestArguments<K>
  ): AsyncGenerator<ItemOf<K>, void> {
    const given = (request ?? {}) as Exchange;
    let cursor: string | null | undefined;
    do {
      const query = cursor === undefined ? given.query : { ...given.query, cursor };
      const { body } = await this.call(operation, ...([{ ...given, query }] as unknown as RequestArguments<K>));
      const page = body as List<ItemOf<K>>;
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  #exchange(operation: string, request: Exchange): Required<Pick<Exchange, 'headers'>> & Exchange & { url: string } {
    const [method = '', template = ''] = operation.split(' ');
    const { idempotencyKey, ifMatch, minPosition, body } = request;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (method !== 'GET') headers['idempotency-key'] = idempotencyKey ?? globalThis.crypto.randomUUID();
    if (ifMatch !== undefined) headers['if-match'] = ifMatch;
    if (minPosition !== undefined) headers['ledger-min-position'] = minPosition;
    const url = this.#options.baseUrl.replace(/\/+$/, '') + pathOf(template, request.path, request.query);
    return { ...request, method, url, headers };
  }

  async #send({ url, method, headers, body, signal }: Exchange & { url: string }): Promise<Response> {
    const { token, timeoutMs = timeoutMsDefault, fetch = globalThis.fetch } = this.#options;
    const bearer = typeof token === 'function' ? await token() : token;
    const init: RequestInit = {
      method: method ?? 'GET',
      headers: { ...headers, authorization: `Bearer ${bearer}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
    };
    return fetchWhole(fetch, url, init, { timeoutMs, signal });
  }
}

async function answered<T>(response: Response): Promise<Answered<T>> {
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
    position: response.headers.get('ledger-position'),
    etag: response.headers.get('etag'),
  };
}

function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
