/** The names in braces of a path such as `GET /v1/licenses/{licenseId}`. */
export type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameters<Rest>
  : never;

/** A request with its types forgotten. */
export interface Exchange {
  readonly method?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  readonly minPosition?: string;
  readonly signal?: AbortSignal;
}

/** @throws TypeError when a part of the path is missing or empty: it would be another path */
export function pathOf(template: string, path: Exchange['path'] = {}, query: Exchange['query'] = {}): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined || value === '') throw new TypeError(`The path needs '${name}': ${template}`);
    return encodeURIComponent(value);
  });
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return given.length === 0 ? filled : `${filled}?${search}`;
}
