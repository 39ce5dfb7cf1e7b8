import { LedgerProblem } from '../client/ledger-problem.js';
import { messageParser, type StreamMessage } from './message-parser.js';

export interface StreamConnection {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
  /** How long the ledger may say nothing. */
  readonly silenceMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: (retryMs: number) => void;
}

/**
 * The messages of one connection, until the ledger ends it. While one is being handled nothing more is read, and no
 * silence is counted.
 *
 * @throws LedgerProblem when the ledger refuses; another Error when the connection breaks off or falls silent
 */
export async function* streamMessages(connection: StreamConnection): AsyncGenerator<StreamMessage, void, undefined> {
  const { url, headers, fetch, silenceMs, signal, onRetry } = connection;
  const aborting = new AbortController();
  let reader: ReadableStreamDefaultReader<string> | undefined;
  let failure: Error | undefined;
  // The reader is told as well: once its answer is there, fetch holds its signal so weakly that it may not hear of it.
  const leave = (reason: Error): void => {
    failure = reason;
    aborting.abort(reason);
    reader?.cancel(reason).catch(() => undefined);
  };
  const stop = (): void => leave(new Error('The consumer was stopped.'));
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => leave(new Error(`Nothing came from the ledger within ${silenceMs} ms.`)), silenceMs);
  let timer = watch();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const response = await fetch(url, { headers, redirect: 'error', signal: aborting.signal });
    if (!response.ok) throw await LedgerProblem.of(response);
    const type = response.headers.get('content-type') ?? 'nothing';
    if (!type.startsWith('text/event-stream') || response.body === null) {
      throw new Error(`Events were asked for, and ${type} was answered.`);
    }
    const parse = messageParser(onRetry);
    reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (failure) throw failure;
      if (done) return;
      yield* parse(value);
      timer = watch();
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    leave(new Error('The connection is no longer needed.'));
  }
}
