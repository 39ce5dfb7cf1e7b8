import { dist } from '../support.mjs';
import { now, today } from './seeds.mjs';

const { addInserted } = await import(dist('libs/read-model/src/seat-use/policy-sums.js'));

/**
 * Fills the tables of a migrated schema from `seeds`, in the order in which a projector comes to the rows: by time.
 * Whatever is JSON is a really projected row's (schema `like`) with this row's figures in it.
 */
export async function fillTables(client, { schema, like, seeds }) {
  const run = (sql) => client.query(sql.replaceAll('LIKE.', `${like}.`));
  await run(`SET search_path TO ${schema}`);
  await run(`
    -- From 0 up to, not including, 1: the same for the same key and salt.
    CREATE FUNCTION u(key bigint, salt int) RETURNS float8 IMMUTABLE PARALLEL SAFE LANGUAGE sql
      AS 'SELECT (hashint8extended(key, salt) & 2147483647)::float8 / 2147483648';
    CREATE FUNCTION id(name text) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql AS 'SELECT md5(name)::uuid';
    CREATE TABLE seeds (n int, license_id uuid, domain text, billing_email text, currency text, "interval" text,
      plan_id text, price int, seats int, time_zone text, started_on date, status text, cycles int, entries int)`);
  for (let from = 0; from < seeds.length; from += 10_000) {
    const rows = JSON.stringify(seeds.slice(from, from + 10_000));
    await client.query('INSERT INTO seeds SELECT * FROM json_populate_recordset(NULL::seeds, $1::json)', [rows]);
  }
  for (const statement of [licenses, unusedSeats, cycles, invoices, payments, chargedCycles, nextInvoices]) {
    await run(statement);
  }
  // As the projector adds up what it inserts.
  await run(`WITH inserted AS (SELECT * FROM charged_cycles) ${addInserted(schema)}`);
  for (const statement of [creditEntries, openGrants]) await run(statement);
  await run('DROP TABLE cycles, seeds; DROP FUNCTION u; DROP FUNCTION id');
  await run('VACUUM ANALYZE');
  await run('RESET search_path');
}

const licenses = `
  INSERT INTO licenses (license_id, domain, billing_email, status, plan_id, planned_plan_id, next_due_at, revision,
    state, credit_hash)
  SELECT license_id, domain, billing_email, status, plan_id, NULL, '${today}'::timestamptz + u(n, 1) * interval '30 days',
    cycles * 2 + entries,
    (template || jsonb_build_object('licenseId', license_id, 'domain', domain, 'billingEmail', billing_email,
      'planId', plan_id, 'seats', seats, 'currency', currency, 'interval', "interval", 'timeZone', time_zone,
      'startedOn', started_on, 'invoices', cycles, 'creditEntries', entries))::json,
    encode(sha256(domain::bytea), 'hex')
  FROM seeds, (SELECT state::jsonb AS template FROM LIKE.licenses WHERE credit_hash IS NOT NULL LIMIT 1) AS real
  ORDER BY started_on, n`;

const unusedSeats = `
  INSERT INTO unused_seats (license_id, domain, unused_seats)
  SELECT license_id, domain, 1 + floor(u(n, 2) * seats) FROM seeds WHERE seats > 1 AND u(n, 3) < 0.4 ORDER BY u(n, 4)`;

/** Every cycle that was invoiced, with what became of its invoice. */
const cycles = `
  CREATE TABLE cycles AS
  SELECT *,
    CASE
      WHEN is_last AND status = 'expired' THEN true
      WHEN status <> 'active' OR NOT is_last THEN false
      WHEN starts_on > '${today}'::date - 7 THEN u(key, 5) < 0.5
      WHEN starts_on > '${today}'::date - 14 THEN u(key, 5) < 0.05
      ELSE false
    END AS is_open
  FROM (
    SELECT n, n::bigint * 1000 + k AS key, k, license_id, domain, time_zone, currency, status, plan_id, price,
      k = cycles - 1 AS is_last,
      upper(domain) || '-' || lpad((k + 1)::text, 4, '0') AS invoice_number,
      (started_on + k * ('1 ' || "interval")::interval)::date AS starts_on,
      (started_on + (k + 1) * ('1 ' || "interval")::interval)::date AS ends_on,
      1 + floor(seats * (0.7 + 0.3 * u(n::bigint * 1000 + k, 6)))::int AS quantity
    FROM seeds CROSS JOIN generate_series(0, cycles - 1) AS k
  ) AS cycle`;

const invoices = `
  INSERT INTO invoices (invoice_number, license_id, domain, time_zone, issued_on, issued_at, due_on, past_due_at,
    first_past_due_at, extended_at, extended_recorded_at, currency, total_minor, open_minor, settled_at,
    settled_recorded_at, issued, event_id, revision, recorded_at)
  SELECT invoice_number, license_id, domain, time_zone, starts_on, issued_at, starts_on + 7, past_due_at, past_due_at,
    NULL, NULL, currency, total, CASE WHEN is_open THEN total ELSE 0 END,
    CASE WHEN NOT is_open THEN settled_at END, CASE WHEN NOT is_open THEN settled_at END,
    (template || jsonb_build_object('effectiveAt', issued_at, 'invoiceNumber', invoice_number, 'issuedOn', starts_on,
      'dueOn', starts_on + 7, 'currency', currency, 'seats', quantity, 'unitPriceMinor', price, 'grossMinor', total,
      'totalMinor', total,
      'cycle', jsonb_build_object('index', k, 'startsOn', starts_on, 'endsOn', ends_on, 'days', ends_on - starts_on),
      'lines', jsonb_build_array(line || jsonb_build_object('planId', plan_id, 'quantity', quantity,
        'description', plan_id || ': ' || quantity || ' seats, ' || starts_on || ' to ' || ends_on - 1,
        'unitPriceMinor', price, 'billedDays', ends_on - starts_on, 'amountMinor', total))))::json,
    id('invoice ' || key), k * 3 + 1, issued_at + interval '0.3 s'
  FROM (
    SELECT *, quantity::bigint * price AS total, starts_on::timestamp AT TIME ZONE time_zone AS issued_at,
      (starts_on + 8)::timestamp AT TIME ZONE time_zone AS past_due_at,
      (starts_on + u(key, 7) * interval '7 days') AT TIME ZONE 'UTC' AS settled_at
    FROM cycles
  ) AS cycle, (
    SELECT issued::jsonb AS template, issued::jsonb #> '{lines,0}' AS line FROM LIKE.invoices
    WHERE issued ->> 'creditAppliedMinor' = '0' LIMIT 1
  ) AS real
  ORDER BY issued_at, n`;

const payments = `
  INSERT INTO payments (license_id, revision, invoice_number, amount_minor, method, reference, event_id, effective_at,
    recorded_at)
  SELECT license_id, revision + 1, invoice_number, total_minor, 'card', 'payment of ' || invoice_number,
    id('payment of ' || invoice_number), settled_at, settled_recorded_at
  FROM invoices WHERE settled_at IS NOT NULL ORDER BY settled_at`;

const chargedCycles = `
  INSERT INTO charged_cycles (license_id, cycle_index, invoice_number, starts_on, ends_on, cycle_days, currency,
    unit_price_minor, paid_seats, billed_days, highest_seats, credited_seat_days, uncharged_seat_days)
  SELECT license_id, k, invoice_number, starts_on, ends_on, ends_on - starts_on, currency, price, quantity,
    ends_on - starts_on, quantity + floor(u(key, 8) * 3), floor(u(key, 9) * 2) * quantity, floor(u(key, 10) * 60)
  FROM cycles ORDER BY starts_on, n`;

const nextInvoices = `
  INSERT INTO next_invoices (license_id, domain, issues_on, starts_on, ends_on, cycle_days, currency, lines,
    gross_minor, credit_applied_minor, total_minor, credit_balance_after_minor)
  SELECT license_id, domain, ends_on, ends_on, next_ends_on, next_ends_on - ends_on, currency,
    json_build_array(line || jsonb_build_object('planId', plan_id, 'quantity', quantity,
      'description', plan_id || ': ' || quantity || ' seats, ' || ends_on || ' to ' || next_ends_on - 1,
      'unitPrice', jsonb_build_object('amount', price, 'currency', currency),
      'amount', jsonb_build_object('amount', gross, 'currency', currency))),
    gross, credit, gross - credit, CASE WHEN credit = gross THEN floor(u(n, 12) * gross) ELSE 0 END
  FROM (
    SELECT *, (ends_on + (ends_on - starts_on))::date AS next_ends_on, quantity::bigint * price AS gross,
      -- A quarter has credit, one in forty more than the invoice takes.
      CASE WHEN u(n, 11) < 0.025 THEN quantity::bigint * price
        WHEN u(n, 11) < 0.25 THEN floor(u(n, 11) * quantity * price)::bigint ELSE 0 END AS credit
    FROM cycles WHERE is_last AND status = 'active'
  ) AS cycle, (SELECT lines::jsonb -> 0 AS line FROM LIKE.next_invoices LIMIT 1) AS real
  ORDER BY ends_on, n`;

/** Two in five are granted; one in five is taken back, one in three applied, one in twenty goodwill. */
const creditEntries = `
  INSERT INTO credit_entries (license_id, ordinal, entry_id, kind, currency, amount_minor, balance_after_minor,
    effective_at, effective_on, recorded_at, change_id, invoice_number, reason, computation, grants_used, actor_id,
    actor_role, event_id, revision, previous_hash, hash)
  SELECT license_id, ordinal, upper(domain) || '-C' || lpad(ordinal::text, 4, '0'), kind, currency,
    CASE WHEN kind IN ('granted', 'goodwill') THEN size ELSE -size END, floor(u(key, 13) * 20000), effective_at,
    (effective_at AT TIME ZONE time_zone)::date, effective_at + interval '0.01 s',
    CASE WHEN kind IN ('granted', 'reversed') THEN id('change ' || key) END,
    CASE WHEN kind = 'applied' THEN upper(domain) || '-' || lpad((1 + ordinal % cycles)::text, 4, '0') END,
    CASE WHEN kind = 'goodwill' THEN 'an outage' END,
    CASE WHEN kind IN ('granted', 'reversed') THEN computation END,
    CASE WHEN kind IN ('reversed', 'applied') THEN grants_used ELSE '[]' END,
    CASE kind WHEN 'goodwill' THEN 'billing-' || floor(u(key, 14) * 30) WHEN 'applied' THEN 'worker' ELSE domain END,
    CASE kind WHEN 'goodwill' THEN 'billing' WHEN 'applied' THEN 'service' ELSE 'customer' END,
    id('entry ' || key), ordinal * 2, CASE WHEN ordinal > 1 THEN encode(sha256((key - 1)::text::bytea), 'hex') END,
    encode(sha256(key::text::bytea), 'hex')
  FROM (
    SELECT *, floor(exp(4 + 4 * u(key, 15)))::bigint AS size,
      CASE WHEN ordinal = 1 OR u(key, 16) < 0.4 THEN 'granted' WHEN u(key, 16) < 0.6 THEN 'reversed'
        WHEN u(key, 16) < 0.95 THEN 'applied' ELSE 'goodwill' END AS kind,
      date_trunc('milliseconds', started_on::timestamptz
        + (ordinal - 1 + u(key, 17)) / entries * ('${now}'::timestamptz - started_on::timestamptz)) AS effective_at
    FROM (
      SELECT *, n::bigint * 1000 + ordinal AS key FROM seeds CROSS JOIN generate_series(1, entries) AS ordinal
    ) AS numbered
  ) AS entry,
    (SELECT computation FROM LIKE.credit_entries WHERE kind = 'granted' LIMIT 1) AS granted,
    (SELECT grants_used FROM LIKE.credit_entries WHERE json_array_length(grants_used) > 0 LIMIT 1) AS used
  ORDER BY effective_at, n`;

/** What is left of the newest grants of a quarter of those who have any. */
const openGrants = `
  INSERT INTO open_grants (license_id, entry_id, currency, remaining_minor, granted_at)
  SELECT license_id, entry_id, currency, greatest(1, floor(amount_minor * u(n, 18))), effective_at
  FROM (
    SELECT *, row_number() OVER (PARTITION BY license_id ORDER BY ordinal DESC) AS age
    FROM credit_entries JOIN (SELECT n, license_id FROM seeds WHERE u(n, 19) < 0.25) AS chosen USING (license_id)
    WHERE kind IN ('granted', 'goodwill')
  ) AS newest
  WHERE age <= 1 + floor(u(n, 20) * 3) ORDER BY effective_at`;
