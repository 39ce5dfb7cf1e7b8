import type { Problem } from '#contracts';

/** A refusal of the ledger, as it answered it. */
export class RefusedError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }
}

/** The ledger's HTTP interface, reading its own writes: each query waits for what this client has written. */
export class LedgerApi {
  private position: string | undefined;

  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  get<T>(path: string): Promise<T> {
    const headers: Record<string, string> = {};
    if (this.position !== undefined) headers['ledger-min-position'] = this.position;
    return this.call('GET', path, headers);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.call('POST', path, {}, body);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.call('PUT', path, {}, body);
  }

  private async call<T>(method: string, path: string, headers: Record<string, string>, body?: object): Promise<T> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    this.position = response.headers.get('ledger-position') ?? this.position;
    const answer: unknown = await response.json();
    if (!response.ok) throw new RefusedError(answer as Problem);
    return answer as T;
  }
}
