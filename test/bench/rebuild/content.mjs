/**
 * A hash over the rows of each table of a schema that belong to a license, all but those of some licenses: json by its
 * meaning, and without what a projector keeps for itself.
 */
export async function contentOf(pool, schema, exceptLicenseIds) {
  const { rows: tables } = await pool.query(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = $1 AND column_name = 'license_id'
     ORDER BY 1`,
    [schema],
  );
  const content = {};
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended((to_jsonb(t) - 'parked_at')::text, 0)), 0) AS hash
       FROM ${schema}.${name} AS t WHERE NOT license_id = ANY ($1::uuid[])`,
      [exceptLicenseIds],
    );
    content[name] = rows[0].hash;
  }
  return content;
}
