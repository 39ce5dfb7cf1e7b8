import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Answer, setHead } from '../headers/answer.js';
import { OwnWrites } from '../position/own-writes.js';
import { ProblemFilter } from '../problem/problem.filter.js';
import { ProblemTypesController } from '../problem/problem-types.controller.js';
import { DtoPipe } from '../validation/dto.pipe.js';

/** Fastify sends whatever a serializer gives it, bytes and streams as well; its types know of text alone. */
const asItIs = (body: unknown): string => body as string;

/** The conventions of the interface, for every controller of the application. */
@Global()
@Module({
  controllers: [ProblemTypesController],
  providers: [OwnWrites, { provide: APP_FILTER, useClass: ProblemFilter }, { provide: APP_PIPE, useClass: DtoPipe }],
  exports: [OwnWrites],
})
export class HttpModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly ownWrites: OwnWrites,
  ) {}

  /** Turns an {@link Answer} into headers and body: in a hook, because a Nest interceptor costs a quarter of the rate. */
  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('preSerialization', (_request, reply, payload, done) => {
      if (!(payload instanceof Answer)) return done(null, payload);
      const { body, head } = payload as Answer<unknown>;
      if (head.position !== undefined) this.ownWrites.record(head.position);
      setHead(reply, head);
      if (body === undefined) void reply.removeHeader('content-type').serializer(() => '');
      else if (head.type !== undefined) void reply.serializer(asItIs);
      done(null, body);
    });
  }
}
