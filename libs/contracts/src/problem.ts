/** Every refusal of the HTTP interface: the stable word, its status and its title. */
export const PROBLEMS = {
  'validation-failed': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'A valid bearer token is needed' },
  forbidden: { status: 403, title: 'This role may not do that' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'not-acceptable': { status: 406, title: 'The answer has none of the accepted media types' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'license-exists': { status: 409, title: 'The domain has a license already' },
  'staff-count-exceeded': { status: 409, title: 'Staff count exceeded' },
  'staff-exists': { status: 409, title: 'The staff member exists already' },
  'seats-unchanged': { status: 409, title: 'The license has that number of seats already' },
  'plan-unchanged': { status: 409, title: 'The license is on that plan already' },
  'quote-stale': { status: 409, title: 'The figures of the quote no longer hold' },
  'license-expired': { status: 409, title: 'The license has expired' },
  'license-cancelled': { status: 409, title: 'The license is cancelled' },
  overpayment: { status: 409, title: 'The payment exceeds what is open' },
  'invoice-already-extended': { status: 409, title: 'The invoice was extended already' },
  'no-open-invoice': { status: 409, title: 'The license has no open invoice' },
  'period-not-over': { status: 409, title: 'The month is not over' },
  'period-closed': { status: 409, title: 'The month is closed already' },
  'period-out-of-order': { status: 409, title: 'An earlier month is still open' },
  'entitlement-mismatch': { status: 409, title: 'The acknowledgement differs from the entitlement' },
  'revision-mismatch': { status: 412, title: 'The license has changed since that revision' },
  'payload-too-large': { status: 413, title: 'The request body is too large' },
  'unsupported-media-type': { status: 415, title: 'The request body must be JSON' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The URL and the headers are too long' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'identity-provider-unavailable': { status: 503, title: 'The identity provider can not be reached' },
  overloaded: { status: 503, title: 'The service has too much to do' },
  'event-store-unavailable': { status: 503, title: 'The event store can not be reached' },
  'read-model-behind': { status: 503, title: 'The read model has not caught up yet' },
  'read-model-unavailable': { status: 503, title: 'The read model can not be reached' },
  'jobs-unavailable': { status: 503, title: 'The queues of jobs can not be reached' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with the input; `path` is written like `prices[0].amount`, and is empty for the body as a whole. */
export interface InputError {
  readonly path: string;
  readonly message: string;
}

/** The body of every error answer: RFC 9457, with `code` as the word to branch on. */
export interface Problem {
  /** A path below this service, which says what the code means. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly InputError[];
  readonly [extension: string]: unknown;
}

export const problemType = (code: ProblemCode): string => `/problems/${code}`;

/** Makes the problem of `code`. What `extra` holds is added; it can not replace the members of RFC 9457. */
export function problem(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}): Problem {
  const { status, title } = PROBLEMS[code];
  return { ...extra, type: problemType(code), title, status, detail, code };
}

/** A refusal as a plain value, which the domain returns and the edge turns into a {@link Problem}. */
export interface Refusal {
  readonly code: ProblemCode;
  /** What was wrong and what to do about it. */
  readonly detail: string;
  readonly [extension: string]: unknown;
}
