import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { CreditEntry } from '#contracts';
import { fromCsv } from './credits-from-csv.js';
import { UnreadableExport, type FiledEntry } from './filed-entry.js';
import { isEntry } from './is-entry.js';

/**
 * The entries of an export of `GET /v1/credits`, in its order and one at a time: CSV, or JSON with one entry or one
 * page to a line.
 *
 * @throws UnreadableExport
 */
export async function* readCredits(file: string): AsyncGenerator<FiledEntry, void, undefined> {
  if (await beginsAsJson(file)) yield* fromJsonLines(file);
  else yield* fromCsv(file);
}

async function beginsAsJson(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead).toString().trimStart().startsWith('{');
  } finally {
    await handle.close();
  }
}

async function* fromJsonLines(file: string): AsyncGenerator<FiledEntry, void, undefined> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    for (const entry of entriesOf(text, line)) yield { entry, line };
  }
}

function entriesOf(text: string, line: number): readonly CreditEntry[] {
  const parsed = parsedJson(text, line);
  const page = typeof parsed === 'object' && parsed !== null && 'items' in parsed ? parsed.items : [parsed];
  if (!Array.isArray(page) || !page.every(isEntry)) throw new UnreadableExport(`Line ${line} is no credit entry.`);
  return page;
}

function parsedJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableExport(`Line ${line} is no JSON: an entry or a page belongs on one line.`);
  }
}
