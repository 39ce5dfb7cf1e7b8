import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HttpException, type NestApplicationOptions } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../http.js';
import { randomUUID } from 'node:crypto';
import { invalidValue, ProblemException } from '../problem/problem-exception.js';
import { problemOf, sendProblem } from '../problem/problem.filter.js';
import { answerClientError } from './client-error.js';
import { excessOf } from './json-bounds.js';
import { noteRoutes } from './routes.js';

const REQUEST_ID = 'x-request-id';
/** Where the reader of the interface's description is served: it knows no callers. */
export const DOCS_PATH = '/docs';
const HEADERS_MAX_BYTES = 16_384;
const HEADERS_COUNT_MAX = 100;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;
/** A connection on which nothing moves for so long is closed, such as one whose client does not take its answer. */
const IDLE_MAX_MS = 900_000;
/** The longest domain name; longer path parameters are refused. */
const PARAMETER_LENGTH_MAX = 253;

/** Nest's own body parser would take forms as well, and its abort would end the process without a word. */
export const APPLICATION_OPTIONS = { bodyParser: false, abortOnError: false } as const satisfies NestApplicationOptions;

/** What a request may be, and who may say for whom it is. */
export interface HttpLimits {
  readonly bodyMaxBytes: number;
  /** For the whole of a request to arrive, headers and body. */
  readonly requestTimeoutMs: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

export const HTTP_LIMITS_DEFAULT: HttpLimits = { bodyMaxBytes: 262_144, requestTimeoutMs: 30_000, trustedProxies: [] };

/** Fastify with bounds on all that a stranger can send, and JSON as the one kind of body. */
export function fastifyAdapter(limits: HttpLimits = HTTP_LIMITS_DEFAULT): FastifyAdapter {
  const { bodyMaxBytes, requestTimeoutMs, trustedProxies } = limits;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: IDLE_MAX_MS,
    http: {
      maxHeaderSize: HEADERS_MAX_BYTES,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
    },
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    clientErrorHandler: answerClientError,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // A URL that the router can't read, before any hook or filter runs.
    frameworkErrors: (error: Error & { statusCode?: number }, request: HttpRequest, reply: HttpReply) =>
      sendProblem(reply, problemOf(new HttpException(error.message, error.statusCode ?? 400), request.id), {
        [REQUEST_ID]: request.id,
      }),
  });
  noteRoutes(adapter, DOCS_PATH);
  adapter.getInstance().server.maxHeadersCount = HEADERS_COUNT_MAX;
  acceptJsonOnly(adapter);
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID, request.id);
    done();
  });
  return adapter;
}

/** An empty body is no body, even where the header promises JSON: many clients always send the header. */
function acceptJsonOnly(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (request.headers['content-encoding'] !== undefined) {
      return done(new ProblemException('unsupported-media-type', 'Send the body as it is: it may not be encoded.'));
    }
    if (body === '') return done(null, undefined);
    const excess = excessOf(body);
    if (excess === undefined) void parse(request, body, done);
    else done(invalidValue('', excess));
  });
}
