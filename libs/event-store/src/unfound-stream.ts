import type { ResolvedEvent, StreamingRead } from '@eventstore/db-client';

type Take = (answer: Answer, encoding: string, next: () => void) => void;

interface Answer {
  hasStreamNotFound?(): boolean;
}

/**
 * A read that simply ends when there is no such stream.
 *
 * The client itself resets the call then, which the server was about to end. A server takes a flood of resets for an
 * attack: one of Node closes the connection after a thousand in a burst, and all that is under way on it fails.
 */
export function endingByItself(reading: StreamingRead<ResolvedEvent>): StreamingRead<ResolvedEvent> {
  const internals = reading as unknown as { _transform: Take };
  const take = internals._transform.bind(reading);
  internals._transform = (answer, encoding, next) => {
    if (answer.hasStreamNotFound?.()) next();
    else take(answer, encoding, next);
  };
  return reading;
}
