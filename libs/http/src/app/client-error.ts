import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problem, type Problem } from '#contracts';

/** So that what is still on its way does not reset the connection before the answer was read. */
const lingerMs = 1_000;

type Connection = Socket & { readonly _httpMessage?: ServerResponse | null };

const answered = new WeakSet<Socket>();

/**
 * Answers what is no request of HTTP, or does not become one in time, as everything else is answered; then closes.
 * Where another answer is on its way already, nothing may be said in its midst.
 */
export function answerClientError(error: Error & { code?: string }, connection: Connection): void {
  // What comes after something that could not be read can't be read either.
  if (answered.has(connection)) return;
  answered.add(connection);
  const { _httpMessage: response } = connection;
  if (error.code === 'ECONNRESET' || !connection.writable || response?.headersSent === true) {
    connection.destroy();
    return;
  }
  connection.end(asText(problemOf(error)));
  // A request that may still arrive must find nobody; one that was cut short will not.
  const timer = setTimeout(() => connection.destroy(), response ? 0 : lingerMs);
  connection.resume().once('close', () => clearTimeout(timer));
}

function problemOf({ code }: { code?: string }): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem('headers-too-large', 'The URL and the headers must not be longer than 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('request-timeout', 'The request did not arrive in time.');
    default:
      return problem('validation-failed', 'What came is no request of HTTP.');
  }
}

function asText(answer: Problem): string {
  const body = JSON.stringify(answer);
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
