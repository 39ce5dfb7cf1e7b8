import type { FastifyAdapter } from '@nestjs/platform-fastify';

type RequestHook = Parameters<FastifyAdapter['setOnRequestHook']>[0];

/** Fastify's request and reply, of the very version that Nest brings with it. */
export type HttpRequest = Parameters<RequestHook>[0];
export type HttpReply = Parameters<RequestHook>[1];
