import { createParser } from 'eventsource-parser';

/** A message of the stream. A heartbeat has no data: its id says how far the ledger has looked. */
export interface StreamMessage {
  readonly id: string;
  readonly data: string | null;
}

/**
 * Takes the text of a stream as it comes and gives the messages that it completes. The parser tells of events alone; so
 * it is fed line by line, and the ids that no event came with are noted beside it.
 */
export function messageParser(onRetry: (retryMs: number) => void): (text: string) => StreamMessage[] {
  let messages: StreamMessage[] = [];
  let rest = '';
  let id = '';
  const parser = createParser({ onEvent: ({ data }) => messages.push({ id, data }), onRetry });
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    messages = [];
    for (const line of lines.map((each) => each.replace(/\r$/, ''))) {
      if (line.startsWith('id:')) id = line.slice('id:'.length).trim();
      const before = messages.length;
      parser.feed(`${line}\n`);
      if (line !== '') continue;
      if (id !== '' && messages.length === before) messages.push({ id, data: null });
      id = '';
    }
    return messages;
  };
}
