import { ReadModelServer } from '#platform';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pgliteTemplate } from './pglite-template.js';

export interface TestDatabase {
  /** Empty, and nobody else's. */
  readonly connectionString: string;
  drop(): Promise<void>;
}

export interface TestDatabaseKind {
  readonly kind: 'PGlite' | 'PostgreSQL';
  open(): Promise<TestDatabase>;
}

/**
 * The databases that the read model must work on: PGlite always, PostgreSQL when TEST_DATABASE_URL names one (`npm test`
 * sets it when PostgreSQL is installed). For `describe.each(testDatabases())('… on $kind', ({ open }) => …)`.
 */
export function testDatabases(): readonly TestDatabaseKind[] {
  const url = process.env['TEST_DATABASE_URL'];
  const pglite: TestDatabaseKind = { kind: 'PGlite', open: openPglite };
  return url === undefined ? [pglite] : [pglite, { kind: 'PostgreSQL', open: () => openPostgres(url) }];
}

async function openPglite(): Promise<TestDatabase> {
  const server = await ReadModelServer.start({
    folder: 'memory://',
    template: await pgliteTemplate(),
    onBroken: (error) => {
      throw error;
    },
  });
  return { connectionString: server.connectionString, drop: () => server.stop() };
}

async function openPostgres(url: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ask(url, `CREATE DATABASE ${name}`);
  const connectionString = url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  return { connectionString, drop: () => ask(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function ask(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
