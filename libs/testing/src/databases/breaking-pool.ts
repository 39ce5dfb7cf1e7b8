import type pg from 'pg';

/** A pool whose connections are cut just before a statement is sent to which `breaks` says yes. */
export function breakingPool(pool: pg.Pool, breaks: (sql: string) => boolean): pg.Pool {
  return new Proxy(pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'connect') return async () => breakingClient(await target.connect(), breaks);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function breakingClient(client: pg.PoolClient, breaks: (sql: string) => boolean): pg.PoolClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: unknown[]) => unknown;
      if (name !== 'query') return method;
      return (sql: string, ...rest: unknown[]) => {
        if (breaks(sql)) {
          target.on('error', () => undefined);
          (target as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
        }
        return method(sql, ...rest);
      };
    },
  });
}
