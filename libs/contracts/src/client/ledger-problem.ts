import type { Problem } from '../problem.js';

/** What the ledger refused, and why. */
export class LedgerProblem extends Error {
  override readonly name = 'LedgerProblem';

  constructor(
    readonly status: number,
    /** The problem document; null when something between answered instead of the ledger. */
    readonly problem: Problem | null,
    /** How long the ledger asks to wait before the request is sent again; null when it does not say. */
    readonly retryAfterMs: number | null,
  ) {
    super(problem === null ? `The answer was ${status}` : `${problem.code}: ${problem.detail}`);
  }

  static async of(response: Response): Promise<LedgerProblem> {
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return new LedgerProblem(
      response.status,
      isProblem ? (JSON.parse(text) as Problem) : null,
      Number.isFinite(seconds) ? seconds * 1_000 : null,
    );
  }

  /** The word to branch on; null when something between answered. */
  get code(): Problem['code'] | null {
    return this.problem?.code ?? null;
  }

  /** Whether the same request may be answered otherwise a little later. */
  get isTemporary(): boolean {
    return this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}
