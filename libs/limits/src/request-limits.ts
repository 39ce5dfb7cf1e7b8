import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Redis } from 'ioredis';
import { problem } from '#contracts';
import { sendProblem, type HttpReply, type HttpRequest } from '#http';
import { callerByAddress, callerByToken } from './caller.js';
import { InFlight } from './in-flight.js';
import { OwnAllowances, type AllowanceSource } from './rate/allowance-source.js';
import { RateLimit } from './rate/rate-limit.js';
import { SharedAllowances } from './rate/shared-allowances.js';

export interface RequestLimitSettings {
  /** Requests a minute; 0 sets no limit. */
  readonly ratePerToken: number;
  readonly ratePerAddress: number;
  /** Requests under way in this process. */
  readonly requestsMax: number;
  /** Where the processes share their counts, and the prefix of the keys; null for a process that counts for itself. */
  readonly shared: { readonly url: string; readonly prefix: string } | null;
}

export interface RequestLimits {
  readonly perToken: RateLimit | null;
  readonly perAddress: RateLimit | null;
  readonly inFlight: InFlight;
  close(): void;
}

/** How long a request may wait for Redis before it is counted without. */
const commandTimeoutMs = 200;
const reconnectMaxMs = 2_000;

export function openRequestLimits(settings: RequestLimitSettings): RequestLimits {
  const { ratePerToken, ratePerAddress, requestsMax, shared } = settings;
  const redis = shared && openRedis(shared.url);
  const limit = (name: string, rate: number): RateLimit | null => {
    if (rate === 0) return null;
    const source: AllowanceSource =
      redis === null ? new OwnAllowances(rate) : new SharedAllowances(redis, `${shared?.prefix}:rate:${name}`, rate);
    return new RateLimit(source);
  };
  return {
    perToken: limit('token', ratePerToken),
    perAddress: limit('address', ratePerAddress),
    inFlight: new InFlight(requestsMax),
    close: () => redis?.disconnect(),
  };
}

/**
 * Refuses what is too much before anything is read of it. Health stays open: whoever watches the process must not take
 * it for dead because others ask too much.
 */
export function limitRequests(app: NestFastifyApplication, limits: RequestLimits): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.routeOptions.url?.startsWith('/health/') === true) return done();
      const caller = callerByAddress(request.ip);
      const place = limits.inFlight.enter(caller);
      if (place === 'full') return refuse(reply, 'overloaded', 'The service has too many requests under way.', 1_000);
      if (place === 'caller-full') {
        return refuse(reply, 'too-many-requests', 'Too many requests from your address are under way.', 1_000);
      }
      reply.raw.once('close', () => limits.inFlight.leave(caller));
      const waitMs = waitOf(limits, caller, request);
      if (waitMs === 0) return done();
      void Promise.resolve(waitMs).then((ms) => {
        if (ms === 0) done();
        else refuse(reply, 'too-many-requests', 'Too many requests in this minute.', ms);
      }, done);
    });
}

/** The address first: whoever sends one token after another is known by it. */
function waitOf(
  { perAddress, perToken }: RequestLimits,
  caller: string,
  request: HttpRequest,
): number | Promise<number> {
  const { authorization } = request.headers;
  const byToken = (): number | Promise<number> =>
    perToken === null || authorization === undefined ? 0 : perToken.take(callerByToken(authorization));
  const byAddress = perAddress === null ? 0 : perAddress.take(caller);
  if (byAddress === 0) return byToken();
  return Promise.resolve(byAddress).then((waitMs) => (waitMs === 0 ? byToken() : waitMs));
}

function refuse(reply: HttpReply, code: 'overloaded' | 'too-many-requests', why: string, waitMs: number): void {
  const waitS = Math.max(1, Math.ceil(waitMs / 1_000));
  sendProblem(reply, problem(code, `${why} Try again in ${waitS} s.`), { 'retry-after': String(waitS) });
}

/** Its errors are met where it is asked; here they would end the process. */
function openRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 100, reconnectMaxMs),
  });
  return redis.on('error', () => undefined);
}
