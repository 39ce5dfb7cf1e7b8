import type { HttpReply } from '../http.js';
import { encodePosition, type Position } from '../position/position.js';

export interface AnswerHead {
  /** The media type of a body that is sent as it is: text, bytes, or a stream of them. Without it, the body is JSON. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without it, the one that the route declares. */
  readonly status?: number;
  /** Sent as `ETag`. */
  readonly revision?: number | bigint;
  /** Sent as `Ledger-Position`, and remembered as this process's own write. */
  readonly position?: Position;
}

/** What a controller returns when more than a body is to be said. */
export class Answer<T> {
  constructor(
    readonly body: T,
    readonly head: AnswerHead,
  ) {}
}

export const answer = <T>(body: T, head: AnswerHead): Answer<T> => new Answer(body, head);

export function setHead(reply: HttpReply, { type, headers, status, revision, position }: AnswerHead): void {
  if (type !== undefined) reply.type(type);
  if (headers !== undefined) reply.headers(headers);
  if (status !== undefined) reply.code(status);
  if (revision !== undefined) reply.header('etag', `"${revision}"`);
  if (position !== undefined) reply.header('ledger-position', encodePosition(position));
}
