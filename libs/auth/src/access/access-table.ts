import type { Role } from '../principal.js';

/** The roles that may call a route beside admins, who may call every one; or `everyone`, without a token. */
export type Allowed = 'everyone' | readonly Role[];

/** Who may call which route, by its method and its path as the interface's description writes it. */
export type AccessTable = Readonly<Record<string, Allowed>>;

/** A route as Fastify knows it: its path holds parameters as `:name`. */
export interface Route {
  readonly method: string;
  readonly url: string;
}

/** The name of a route in the table. `HEAD` is a `GET` whose answer has no body. */
export function nameOf({ method, url }: Route): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url.replace(/:(\w+)/g, '{$1}')}`;
}

export function mayCall(role: Role, allowed: Allowed): boolean {
  return allowed === 'everyone' || role === 'admin' || allowed.includes(role);
}

/** Looks routes up in a table. */
export class Access {
  readonly #known = new Map<string, Allowed>();

  constructor(private readonly table: AccessTable) {}

  /** @throws Error for a route that the table does not have: nobody may call it */
  of({ method, url }: Route): Allowed {
    const key = `${method} ${url}`;
    const allowed = this.#known.get(key) ?? this.table[nameOf({ method, url })];
    if (allowed === undefined) throw new Error(withoutEntry([nameOf({ method, url })]));
    this.#known.set(key, allowed);
    return allowed;
  }

  /** @throws Error that names every route which the table does not have */
  check(routes: readonly Route[]): void {
    const missing = routes.map(nameOf).filter((name) => !Object.hasOwn(this.table, name));
    if (missing.length > 0) throw new Error(withoutEntry([...new Set(missing)]));
  }
}

const withoutEntry = (names: readonly string[]): string =>
  `Nothing says who may call ${names.join(', ')}: write it into libs/auth/src/access/access.ts.`;
