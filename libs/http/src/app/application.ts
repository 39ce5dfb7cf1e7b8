import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NestApplicationOptions, Type, DynamicModule } from '@nestjs/common';
import { APPLICATION_OPTIONS, fastifyAdapter, type HttpLimits } from './adapter.js';
import { serveDocs, type Completing } from './openapi.js';

const CLOSE_GRACE_MS = 10_000;

/** Makes the application of `module` with everything the interface needs around its controllers; it does not listen yet. `describe` completes its description. */
export async function createApplication(
  module: Type | DynamicModule,
  {
    version,
    describe,
    limits,
    ...options
  }: { version: string; describe?: Completing; limits?: HttpLimits } & NestApplicationOptions,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(limits), {
    ...options,
    ...APPLICATION_OPTIONS,
  });
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      directives: {
        // The service may be reached over plain HTTP on a developer's machine.
        'upgrade-insecure-requests': null,
      },
    },
  });
  serveDocs(app, version, describe);
  return app;
}

/** Answers what is under way, then closes; connections that are open after `graceMs` (streams) are cut. */
export async function closeGracefully(app: NestFastifyApplication, graceMs = CLOSE_GRACE_MS): Promise<void> {
  const server = app.getHttpServer();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}
