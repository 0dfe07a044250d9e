import type { FastifyInstance, RouteOptions } from 'fastify';
import { LoadedOnce } from '../domain/loaded-once.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** What describes the routes: the specification (`swagger()`) and the pages to read it. */
    documentation: () => Promise<FastifyInstance>;
  }
}

/**
 * Remembers the routes so that they can be described. What describes them, and the examples, are a seventh of all
 * modules; most services are never asked for it, so it is loaded and made with the first question. Must come before the
 * routes.
 */
export function documentRoutes(app: FastifyInstance, version: string): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD' && route.schema?.hide !== true) routes.push(route);
  });
  const described = new LoadedOnce(async () =>
    (await import('./openapi.js')).documentationOf(routes, version),
  );
  app.decorate('documentation', () => described.get());
}
