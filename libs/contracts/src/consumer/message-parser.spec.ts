import { messageParser, type StreamMessage } from './message-parser.js';

const stream = [
  'retry: 2000\n: \nid: p0\n\n',
  'id: p1\ndata: {"a":1}\n\n',
  ': \nid: p2\n\n',
  ': nothing at all\n\n',
  'id: p3\ndata: {"a":\ndata: "ü"}\n\n',
].join('');
const messages: StreamMessage[] = [
  { id: 'p0', data: null },
  { id: 'p1', data: '{"a":1}' },
  { id: 'p2', data: null },
  { id: 'p3', data: '{"a":\n"ü"}' },
];

describe('the parser of the stream', () => {
  it.each([1, 2, 3, 7, 1_000])('puts together what comes in pieces of %d', (size) => {
    const retries: number[] = [];
    const parse = messageParser((retryMs) => retries.push(retryMs));
    const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
      stream.slice(index * size, (index + 1) * size),
    );
    expect(pieces.flatMap(parse)).toEqual(messages);
    expect(retries).toEqual([2_000]);
  });

  it('takes lines that end as a proxy likes', () => {
    expect([...stream.replaceAll('\n', '\r\n')].flatMap(messageParser(() => undefined))).toEqual(messages);
  });

  it('gives nothing of a message that was cut off', () => {
    expect(messageParser(() => undefined)('id: p1\ndata: {"a":1}\n')).toEqual([]);
  });
});
