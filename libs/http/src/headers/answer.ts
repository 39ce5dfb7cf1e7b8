import type { HttpReply } from '../http.js';
import { encodePosition, type Position } from '../position/position.js';

export interface AnswerHead {
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

export function setHead(reply: HttpReply, { status, revision, position }: AnswerHead): void {
  if (status !== undefined) reply.code(status);
  if (revision !== undefined) reply.header('etag', `"${revision}"`);
  if (position !== undefined) reply.header('ledger-position', encodePosition(position));
}
