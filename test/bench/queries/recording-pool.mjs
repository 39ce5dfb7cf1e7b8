/** A pool that notes down every statement that its connections are asked. */
export function recordingPool(pool, statements) {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      return {
        query(sql, parameters) {
          statements.push({ sql, parameters });
          return client.query(sql, parameters);
        },
        release: (destroy) => client.release(destroy),
      };
    },
  };
}
