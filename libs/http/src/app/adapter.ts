import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HttpException, type NestApplicationOptions } from '@nestjs/common';
import type { HttpReply, HttpRequest } from '../http.js';
import { randomUUID } from 'node:crypto';
import { problemOf, sendProblem } from '../problem/problem.filter.js';
import { noteRoutes } from './routes.js';

const REQUEST_ID = 'x-request-id';
/** Where the reader of the interface's description is served: it knows no callers. */
export const DOCS_PATH = '/docs';
const BODY_MAX_BYTES = 1_048_576;
const HEADERS_MAX_BYTES = 16_384;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
/** The longest domain name; longer path parameters are refused. */
const PARAMETER_LENGTH_MAX = 253;

/** Nest's own body parser would take forms as well, and its abort would end the process without a word. */
export const APPLICATION_OPTIONS = { bodyParser: false, abortOnError: false } as const satisfies NestApplicationOptions;

/** Fastify with bounds on all that a stranger can send, and JSON as the one kind of body. */
export function fastifyAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { maxHeaderSize: HEADERS_MAX_BYTES, headersTimeout: HEADERS_TIMEOUT_MS },
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    trustProxy: false,
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
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}
