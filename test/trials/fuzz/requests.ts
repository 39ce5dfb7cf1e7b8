import fc from 'fast-check';
import type { OpenApiDocument, Operation, Parameter } from './document.js';
import { hostileBody, hostileHeaders, hostileText, hostileValue } from './hostile.js';
import { ValidValues, type Known } from './valid.js';

export interface FuzzRequest {
  readonly operation: Operation;
  /** How it was made. */
  readonly kind: 'valid' | 'near' | 'hostile';
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** Requests for operations of a document: as it says, off in one place, or not meant well at all. */
export class FuzzRequests {
  readonly #valid: ValidValues;

  constructor(
    document: OpenApiDocument,
    private readonly known: Known,
  ) {
    this.#valid = new ValidValues(document, known);
  }

  of(operation: Operation): fc.Arbitrary<FuzzRequest> {
    return fc.oneof(
      { weight: 3, arbitrary: this.#asDocumented(operation) },
      { weight: 4, arbitrary: this.#offInOnePlace(operation) },
      { weight: 3, arbitrary: this.#hostile(operation) },
    );
  }

  #asDocumented(operation: Operation): fc.Arbitrary<FuzzRequest> {
    const { body } = operation;
    return fc
      .record({
        path: this.#path(operation),
        query: this.#query(operation),
        body: body === null ? fc.constant(undefined) : this.#valid.object(body).map(asJson),
        key: fc.option(fc.constantFrom('fuzz-1', 'fuzz-2', 'fuzz-3'), { nil: undefined, freq: 4 }),
      })
      .map(({ path, query, body: text, key }) =>
        request(operation, 'valid', path, query, key === undefined ? {} : { 'idempotency-key': key }, text),
      );
  }

  #offInOnePlace(operation: Operation): fc.Arbitrary<FuzzRequest> {
    const ways: fc.Arbitrary<FuzzRequest>[] = [this.#withHeaders(operation)];
    const parameters = operation.parameters.filter(({ in: place }) => place !== 'header');
    if (parameters.length > 0) ways.push(this.#withParameter(operation, parameters));
    if (operation.body !== null) ways.push(this.#withField(operation), this.#withField(operation));
    return fc.oneof(...ways);
  }

  #withHeaders(operation: Operation): fc.Arbitrary<FuzzRequest> {
    return fc
      .tuple(this.#asDocumented(operation), hostileHeaders)
      .map(([made, headers]) => ({ ...made, kind: 'near', headers: { ...made.headers, ...headers } }));
  }

  #withParameter(operation: Operation, parameters: readonly Parameter[]): fc.Arbitrary<FuzzRequest> {
    return fc
      .record({
        path: this.#path(operation),
        query: this.#query(operation),
        body: operation.body === null ? fc.constant(undefined) : this.#valid.object(operation.body).map(asJson),
        parameter: fc.constantFrom(...parameters),
        text: hostileText,
        twice: fc.boolean(),
      })
      .map(({ path, query, body, parameter: { name, in: place }, text, twice }) =>
        place === 'path'
          ? request(operation, 'near', { ...path, [name]: text }, query, {}, body)
          : request(operation, 'near', path, { ...query, [name]: twice ? [text, text] : text }, {}, body),
      );
  }

  /** A field has a wrong value, is missing, or should not be there. */
  #withField(operation: Operation): fc.Arbitrary<FuzzRequest> {
    const object = this.#valid.object(operation.body ?? {});
    const off = fc.tuple(object, hostileText, hostileValue, fc.nat()).map(([fields, name, value, n]) => {
      const names = Object.keys(fields);
      const chosen = names[n % (names.length + 1)];
      if (chosen === undefined) return asJson({ ...fields, [name]: value });
      if (n % 5 === 0) return asJson(Object.fromEntries(Object.entries(fields).filter(([other]) => other !== chosen)));
      return asJson({ ...fields, [chosen]: value });
    });
    return fc
      .record({ path: this.#path(operation), query: this.#query(operation), body: off })
      .map(({ path, query, body }) => request(operation, 'near', path, query, {}, body));
  }

  #hostile(operation: Operation): fc.Arbitrary<FuzzRequest> {
    return fc
      .record({
        path: this.#anyOf(operation, 'path', hostileText),
        query: fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
        named: this.#anyOf(operation, 'query', hostileText),
        body: operation.method === 'GET' ? fc.constant(undefined) : fc.oneof(hostileBody, hostileValue.map(asJson)),
        headers: fc.option(hostileHeaders, { nil: {} }),
        method: fc.constantFrom(operation.method, operation.method, operation.method, 'PATCH', 'DELETE', 'OPTIONS'),
      })
      .map(({ path, query, named, body, headers, method }) => ({
        ...request(operation, 'hostile', path, { ...query, ...named }, headers, body),
        method,
      }));
  }

  #path({ parameters }: Operation): fc.Arbitrary<Values> {
    const names = parameters.filter(({ in: place }) => place === 'path');
    return fc.record(Object.fromEntries(names.map(({ name, schema }) => [name, this.#valid.of(schema, name)])));
  }

  /** Some of them: none is needed by itself. */
  #query({ parameters }: Operation): fc.Arbitrary<Values> {
    const names = parameters.filter(({ in: place }) => place === 'query');
    const values = Object.fromEntries(names.map(({ name, schema }) => [name, this.#valid.of(schema, name)]));
    return fc.record(values, { requiredKeys: names.filter(({ name }) => name === 'domain').map(({ name }) => name) });
  }

  #anyOf({ parameters }: Operation, where: 'path' | 'query', any: fc.Arbitrary<string>): fc.Arbitrary<Values> {
    const names = parameters.filter(({ in: place }) => place === where).map(({ name }) => name);
    const values = names.map((name) => {
      const known = (this.known[name] ?? []).map(String);
      const arbitrary = known.length === 0 ? any : fc.oneof(any, fc.constantFrom(...known));
      return [name, arbitrary] as const;
    });
    return fc.record(Object.fromEntries(values), where === 'query' ? { requiredKeys: [] } : {});
  }
}

function request(
  operation: Operation,
  kind: FuzzRequest['kind'],
  path: Values,
  query: Values,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): FuzzRequest {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(String(path[name])));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(String(one))}`),
  );
  return {
    operation,
    kind,
    method: operation.method,
    url: pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body,
  };
}

/** What is written as a broken escape goes out as one; half of a surrogate pair can't be written. */
function encoded(text: string): string {
  if (/^[.%/\w]*%[.%/\w]*$/.test(text)) return text;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function asJson(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}
