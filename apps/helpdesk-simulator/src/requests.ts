import type { IncomingMessage } from 'node:http';

/** The caller's mistake; the message says what to send. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

const bodyMaxBytes = 65_536;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyMaxBytes) throw new BadInput(`the body is longer than ${bodyMaxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws BadInput when the body is no JSON object */
export async function readJson(request: IncomingMessage): Promise<object> {
  const text = await readBody(request);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new BadInput('send a JSON object');
}
