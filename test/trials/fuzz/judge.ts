import { PROBLEMS } from '#contracts';
import type { FuzzAnswer } from './client.js';
import type { FuzzRequest } from './requests.js';

/** Refusals that come before a route is found, or from the parser of HTTP itself. */
const everywhere: ReadonlySet<number> = new Set([400, 401, 404, 405, 406, 408, 413, 414, 415, 429, 431]);

const internals = [
  /node_modules|\bnode:internal/,
  /\.(?:[cm]?js|ts):\d+/,
  /\bat (?:async )?[\w.<>]+ \(/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*\b(?:FROM|VALUES|SET|WHERE)\b/,
  /relation "|column "|syntax error at|invalid input syntax|duplicate key|pg_|PostgresError/,
  /ECONN|EPIPE|ENOENT|EACCES|RangeError|TypeError|SyntaxError|ReferenceError/,
  /esdb:\/\/|postgres(?:ql)?:\/\/|redis:\/\//,
];

/** A refusal is no echo. */
const bodyMax = 20_000;

/** What is wrong with an answer, or null. */
export function faultOf(
  { operation, url }: FuzzRequest,
  answer: FuzzAnswer,
  secrets: readonly string[],
): string | null {
  const { status, headers, body } = answer;
  const shown = JSON.stringify(headers) + body;
  const secret = secrets.find((text) => shown.includes(text));
  if (secret !== undefined) return `shows ${secret}`;
  if (headers['x-injected'] !== undefined) return 'has a header that the caller wrote';
  if (body.length > bodyMax && status >= 400) return `says back ${body.length} characters`;
  if (status === 503) return retryFault(operation.statuses.has(503), answer);
  if (status >= 500) return `answered ${status}`;
  if (status < 400) return null;
  if (!operation.statuses.has(status) && !everywhere.has(status)) return `answered ${status}, which is not documented`;
  if (headers['content-type']?.startsWith('application/problem+json') !== true) {
    return `answered ${status} as ${headers['content-type']}`;
  }
  const problem = JSON.parse(body) as { status: number; code: string };
  if (problem.status !== status || !Object.hasOwn(PROBLEMS, problem.code)) return `is no problem of this interface`;
  if ((status === 429 || status === 503) && headers['retry-after'] === undefined)
    return 'does not say when to come again';
  // What the caller sent may be said back to it.
  const own = body.replaceAll(decoded(url.split('?')[0] ?? ''), '');
  const leak = internals.find((pattern) => pattern.test(own));
  return leak === undefined ? null : `shows ${String(leak.exec(own)?.[0])}`;
}

function retryFault(isDocumented: boolean, { headers, body }: FuzzAnswer): string | null {
  const { code } = JSON.parse(body) as { code: string };
  const isExpected = code === 'read-model-behind' || code === 'overloaded';
  return isDocumented && isExpected && headers['retry-after'] !== undefined ? null : `answered 503 ${code}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
