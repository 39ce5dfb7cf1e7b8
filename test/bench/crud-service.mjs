/**
 * The baseline that the ledger is measured against: what many would build first. One row per license, changed in place
 * under a row lock, with a row for the audit, in one transaction. No credits, no idempotency, no events.
 *
 * DATABASE_URL is the database, PORT where to listen; says `ready` to its parent and ends with it.
 */
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
await pool.query(`
  CREATE TABLE IF NOT EXISTS crud_license (id text PRIMARY KEY, seats integer NOT NULL, updated_at timestamptz NOT NULL);
  CREATE TABLE IF NOT EXISTS crud_audit (
    id bigserial PRIMARY KEY, license_id text NOT NULL, seats_from integer NOT NULL, seats_to integer NOT NULL,
    at timestamptz NOT NULL
  );`);

const service = Fastify();
const body = {
  type: 'object',
  required: ['seats'],
  additionalProperties: false,
  properties: { seats: { type: 'integer', minimum: 1, maximum: 1_000_000 } },
};

service.post('/licenses/:id/seat-changes', { schema: { body } }, async ({ params, body: { seats } }, reply) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT seats FROM crud_license WHERE id = $1 FOR UPDATE', [params.id]);
    if (rows.length === 0) {
      await client.query('ROLLBACK');
      return reply.code(404).send({ code: 'not-found' });
    }
    const at = new Date();
    await client.query('UPDATE crud_license SET seats = $2, updated_at = $3 WHERE id = $1', [params.id, seats, at]);
    await client.query('INSERT INTO crud_audit (license_id, seats_from, seats_to, at) VALUES ($1, $2, $3, $4)', [
      params.id,
      rows[0].seats,
      seats,
      at,
    ]);
    await client.query('COMMIT');
    return reply.code(201).send({ licenseId: params.id, from: rows[0].seats, to: seats, at });
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
});

service.put('/licenses/:id', async ({ params }, reply) => {
  await pool.query('INSERT INTO crud_license VALUES ($1, 60, now()) ON CONFLICT DO NOTHING', [params.id]);
  return reply.code(204).send();
});

const url = await service.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
process.send?.({ type: 'ready', url });
process.on('disconnect', () => process.exit(0));
