export interface FetchLimits {
  /** How long it may take until the whole answer is here. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Fetches an answer with its body. It is given up here and not by the signal of `fetch` alone: once the head of an answer
 * is there, `fetch` holds its signal so weakly that it may not hear of it, and a body that stalls would stall its caller.
 *
 * @throws the signal's reason, a TimeoutError, or the error of `fetch`
 */
export async function fetchWhole(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  { timeoutMs, signal }: FetchLimits,
): Promise<Response> {
  signal?.throwIfAborted();
  const aborting = new AbortController();
  let reader: ReadableStreamDefaultReader<string> | undefined;
  const leave = (reason: unknown): void => {
    aborting.abort(reason);
    reader?.cancel(reason).catch(() => undefined);
  };
  const stop = (): void => leave(signal?.reason);
  const late = (): void => leave(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'));
  const timer = setTimeout(late, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { status, headers, body } = await fetch(url, { ...init, signal: aborting.signal });
    reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let more = await reader?.read(); more && !more.done; more = await reader?.read()) text += more.value;
    aborting.signal.throwIfAborted();
    return new Response(text === '' ? null : text, { status, headers });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
