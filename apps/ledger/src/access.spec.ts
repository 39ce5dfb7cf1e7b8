import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import pg from 'pg';
import { access, describeAccess } from '#auth';
import { EventStore } from '#event-store';
import { describeRoutes, fastifyAdapter } from '#http';
import { RedisPlace } from '#jobs';
import { openPersons } from '#personal-data';
import { openClock, readSettings } from '#platform';
import { Progress } from '#projection-engine';
import { ledgerModule } from './ledger.module.js';
import { roles } from './options.js';

/** The interface's description, made of the classes alone: nothing is started. */
async function description(): Promise<OpenAPIObject> {
  const settings = readSettings({});
  const store = new EventStore('esdb://127.0.0.1:1?tls=false');
  const pool = new pg.Pool();
  const place = { dataDir: 'none', databaseUrl: 'postgres://127.0.0.1:1/none', personalDataKeys: [Buffer.alloc(32)] };
  const persons = await openPersons(place, { pool, schema: 'none' });
  const parts = {
    settings,
    options: { roles: new Set(roles) },
    clock: openClock(settings),
    store,
    pool,
    persons,
    redis: new RedisPlace('redis://127.0.0.1:1', ''),
    progress: new Progress(() => Promise.resolve(null)),
    projector: null,
  };
  const app = await NestFactory.create(ledgerModule(parts), fastifyAdapter(), { logger: false, preview: true });
  await store.close();
  return describeRoutes(app, '0.0.0', (document) => describeAccess(document));
}

function routesIn(document: OpenAPIObject): string[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('the table of who may call which route', () => {
  it('has every route of the ledger, and no other', async () => {
    expect(routesIn(await description()).sort()).toEqual(Object.keys(access).sort());
  });

  it('is told by the description', async () => {
    const { paths } = await description();
    expect(paths['/v1/licenses']?.get).toMatchObject({
      'x-roles': ['customer', 'helpdesk', 'billing', 'finance', 'support', 'admin'],
      security: [{ bearer: [] }],
      description: expect.stringContaining('Roles: customer (its own licenses), helpdesk (its own domain), billing,'),
    });
    expect(paths['/health/live']?.get).toMatchObject({ 'x-roles': [], security: [], description: 'Needs no token.' });
  });

  it('lets finance change nothing', () => {
    const changes = Object.entries(access).filter(([route]) => !route.startsWith('GET '));
    expect(changes.filter(([, allowed]) => (allowed as readonly string[]).includes('finance'))).toEqual([]);
  });
});
