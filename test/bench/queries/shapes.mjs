/**
 * Holds filled rows against really projected ones: each column is of a type, null or not, and JSON is of members, that
 * projected rows have, too.
 *
 * @throws Error that names what no projected row has, and what every one of them has and a filled row lacks
 */
export async function compareShapes(pool, { filled, projected, tables }) {
  const wrong = [];
  const widths = {};
  for (const table of tables) {
    const rowsOf = async (schema, tail) =>
      (await pool.query(`SELECT *, pg_column_size(t.*) AS width FROM ${schema}.${table} AS t ${tail}`)).rows;
    const real = await rowsOf(projected, '');
    const sample = await rowsOf(filled, 'ORDER BY md5(t::text) LIMIT 500');
    const known = real.map(shapeOf);
    const everywhere = [...(known[0] ?? [])].filter((path) => known.every((shape) => shape.has(path)));
    const anywhere = new Set(known.flatMap((shape) => [...shape]));
    for (const row of sample) {
      const shape = shapeOf(row);
      wrong.push(
        ...[...shape].filter((path) => !anywhere.has(path)).map((path) => `${table}.${path} is not projected`),
      );
      wrong.push(...everywhere.filter((path) => !shape.has(path)).map((path) => `${table}.${path} is missing`));
    }
    widths[table] = { projected: average(real), filled: average(sample) };
  }
  if (wrong.length > 0) throw new Error(`rows are not as they are projected:\n${[...new Set(wrong)].join('\n')}`);
  return widths;
}

/** `issued.lines[].quantity: number` for every value in a row. */
function shapeOf({ width: _, ...row }) {
  const paths = new Set();
  const walk = (path, value) => {
    if (Array.isArray(value)) for (const item of value) walk(`${path}[]`, item);
    else if (value !== null && typeof value === 'object')
      for (const [name, member] of Object.entries(value)) walk(path === '' ? name : `${path}.${name}`, member);
    else paths.add(`${path}: ${value === null ? 'null' : typeof value}`);
  };
  walk('', row);
  return paths;
}

const average = (rows) => Math.round(rows.reduce((sum, { width }) => sum + width, 0) / rows.length);
