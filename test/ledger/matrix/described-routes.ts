interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
}

interface Media {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A route as the served description has it. */
export interface DescribedRoute {
  /** As the table of access names it: `GET /v1/licenses/{licenseId}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** What has to stand in its query. */
  readonly query: readonly string[];
  /** An example of its body; undefined when it takes none. */
  readonly body: object | undefined;
  readonly changes: boolean;
}

export function routesOf({ paths }: Description): DescribedRoute[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => {
      const method = verb.toUpperCase();
      const name = `${method} ${path}`;
      const query = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required === true);
      return {
        name,
        method,
        path,
        query: query.map((parameter) => parameter.name),
        body: bodyOf(name, operation),
        changes: method !== 'GET' && !path.endsWith('/quotes'),
      };
    }),
  );
}

/** @throws Error for a body without an example: the matrix could not tell a refusal of the caller from one of the body */
function bodyOf(name: string, { requestBody }: Operation): object | undefined {
  if (requestBody === undefined) return undefined;
  const media = requestBody.content['application/json'];
  const example = media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
  if (example === undefined) throw new Error(`Give ${name} an example of its body in the description.`);
  return example as object;
}
