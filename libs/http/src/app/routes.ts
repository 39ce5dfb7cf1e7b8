import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** A route that a controller serves: its path holds parameters as `:name`. */
export interface ServedRoute {
  readonly method: string;
  readonly url: string;
}

const served = new WeakMap<object, ServedRoute[]>();

/** Notes every route that is added to the adapter from now on, except the reader of the description at `docsPath`. */
export function noteRoutes(adapter: FastifyAdapter, docsPath: string): void {
  const fastify = adapter.getInstance();
  const routes: ServedRoute[] = [];
  served.set(fastify, routes);
  fastify.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith(docsPath)) return;
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
}

export function routesOf(adapter: FastifyAdapter): readonly ServedRoute[] {
  return served.get(adapter.getInstance()) ?? [];
}
