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
  const silence = new AbortController();
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => silence.abort(new Error(`Nothing came from the ledger within ${silenceMs} ms.`)), silenceMs);
  let timer = watch();
  try {
    const ending = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
    const response = await fetch(url, { headers, redirect: 'error', signal: ending });
    if (!response.ok) throw await LedgerProblem.of(response);
    const type = response.headers.get('content-type') ?? 'nothing';
    if (!type.startsWith('text/event-stream') || response.body === null) {
      throw new Error(`Events were asked for, and ${type} was answered.`);
    }
    const parse = messageParser(onRetry);
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await text.read();
      clearTimeout(timer);
      if (done) return;
      yield* parse(value);
      timer = watch();
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
