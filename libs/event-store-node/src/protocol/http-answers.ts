import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseEventId } from '../record/event-id.js';
import type { EventLog } from '../storage/event-log.js';
import type { Access } from './access.js';
import { gossipJson, type NodeIdentity } from './gossip-service.js';

export interface HttpOptions {
  readonly log: EventLog;
  readonly access: Access;
  readonly appendBytesMax: number;
  readonly identity: NodeIdentity;
  readonly now: () => number;
}

/**
 * The few answers that the node gives over plain HTTP: that it lives (`GET /health/live`, `GET /ping`) and leads
 * (`GET /gossip`), and one event into a stream (`POST /streams/<name>`), as tools without gRPC send it.
 */
export function createHttpServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    answer(options, request, response).catch(() => end(response, 500));
  });
}

async function answer(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://node').pathname;
  const stream = /^\/streams\/([^/]+)$/.exec(path)?.[1];
  if (request.method === 'GET' && path === '/health/live') end(response, 204);
  else if (request.method === 'GET' && path === '/ping') end(response, 200, PING);
  else if (request.method === 'GET' && path === '/gossip')
    end(response, 200, gossipJson(options.identity, options.now));
  else if (request.method === 'POST' && stream) end(response, await post(options, request, decodeURIComponent(stream)));
  else end(response, 404);
}

const PING = { msgTypeId: 1, text: 'Ping request successfully handled' };

/** The status that answers the event. */
async function post({ log, access, appendBytesMax }: HttpOptions, request: IncomingMessage, stream: string) {
  try {
    access.userOf(request.headers.authorization);
  } catch {
    return 401;
  }
  const type = header(request, 'es-eventtype');
  const id = header(request, 'es-eventid')?.toLowerCase() ?? randomUUID();
  if (!type || !parseEventId(id)) return 400;
  const data = await readBody(request, appendBytesMax);
  if (!data) return 413;
  const event = { id, type, contentType: contentTypeOf(request), metadata: new Uint8Array(), data };
  const { kind } = await log.append({ stream, expected: 'any', events: [event] });
  return kind === 'written' ? 201 : kind === 'stream-deleted' ? 410 : 400;
}

async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const contentTypeOf = (request: IncomingMessage): string =>
  request.headers['content-type']?.startsWith('application/json') ? 'application/json' : 'application/octet-stream';

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function end(response: ServerResponse, status: number, body?: object): void {
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="event store"');
  if (body) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(body && JSON.stringify(body));
}
