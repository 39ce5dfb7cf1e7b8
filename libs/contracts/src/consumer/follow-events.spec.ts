import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { publicEventExamples, type PublicEvent } from '../events/index.js';
import { lost, problemOf, ScriptedServer, type Answer, type ReceivedRequest } from '../spec-support/scripted-server.js';
import { consumeEvents, type Checkpoint, type FollowEventsOptions } from './index.js';

const events = publicEventExamples().slice(0, 4);
const idOf = (event: PublicEvent): string => event.position;
const frameOf = (event: PublicEvent): string => `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`;
const heartbeat = (id: string): string => `: \nid: ${id}\n\n`;

/** Opens a stream, says something, and then what `then` does. */
const stream =
  (said: string, then: 'ends' | 'breaks off' | 'stays open'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: 10\n${said}`, () => {
      if (then === 'ends') response.end();
      if (then === 'breaks off') response.destroy();
    });
  };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

class InMemory implements Checkpoint {
  readonly saved: string[] = [];
  load = (): string | null => this.saved.at(-1) ?? null;
  save = (position: string): unknown => this.saved.push(position);
}

describe('a consumer of the stream', () => {
  let server: ScriptedServer | undefined;
  let checkpoint: InMemory;
  let handled: PublicEvent[];
  let interruptions: string[];

  beforeEach(() => {
    checkpoint = new InMemory();
    handled = [];
    interruptions = [];
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  /** Consumes until `last` was handled, or `until` says so. */
  async function consumed(
    answers: readonly Answer[],
    { last, ...more }: Partial<FollowEventsOptions> & { last?: PublicEvent } = {},
    handle: (event: PublicEvent) => unknown = () => undefined,
  ): Promise<void> {
    server ??= await ScriptedServer.start(...answers);
    const stopping = new AbortController();
    await consumeEvents({
      baseUrl: server.url,
      token: 'secret',
      checkpoint,
      signal: stopping.signal,
      onInterrupted: ({ message }) => interruptions.push(message),
      random: () => 0,
      ...more,
      handle: async (event) => {
        await handle(event);
        handled.push(event);
        if (event.id === last?.id) stopping.abort();
      },
    });
  }

  it('handles what comes, in order, and says what it wants', async () => {
    await consumed([stream(events.map(frameOf).join(''), 'stays open')], {
      last: events[3]!,
      types: ['io.seat-ledger.seats-increased.v1', 'io.seat-ledger.seats-reduced.v1'],
      licenseId: events[0]!.subject,
      after: 'end',
    });
    expect(handled).toEqual(events);
    expect(checkpoint.saved).toEqual(events.map(idOf));
    expect(server!.requests).toHaveLength(1);
    const [{ url, headers, closed }] = server!.requests as [ReceivedRequest];
    expect(Object.fromEntries(new URL(url, server!.url).searchParams)).toEqual({
      types: 'io.seat-ledger.seats-increased.v1,io.seat-ledger.seats-reduced.v1',
      licenseId: events[0]!.subject,
      after: 'end',
    });
    expect(headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer secret' });
    expect(headers).not.toHaveProperty('last-event-id');
    await closed;
  });

  it('goes on behind what came last, however the connection ended', async () => {
    await consumed(
      [
        stream(frameOf(events[0]!), 'ends'),
        stream(frameOf(events[1]!) + frameOf(events[2]!).slice(0, 50), 'breaks off'),
        lost,
        problemOf(503, 'event-store-unavailable', { 'retry-after': '0' }),
        (response) => response.writeHead(502).end('<html>'),
        stream(frameOf(events[2]!) + frameOf(events[3]!), 'stays open'),
      ],
      { last: events[3]! },
    );
    expect(handled).toEqual(events);
    const [first, second] = events.map(idOf);
    expect(server!.requests.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      first,
      second,
      second,
      second,
      second,
    ]);
    expect(interruptions).toHaveLength(5);
    expect(interruptions[0]).toBe('The ledger ended the stream.');
  });

  it('moves on by heartbeats where its filter lets nothing through', async () => {
    await consumed(
      [
        stream(heartbeat('far') + heartbeat('far') + heartbeat('farther'), 'ends'),
        stream(frameOf(events[0]!), 'stays open'),
      ],
      { last: events[0]! },
    );
    expect(checkpoint.saved).toEqual(['far', 'farther', idOf(events[0]!)]);
    expect(server!.requests[1]?.headers['last-event-id']).toBe('farther');
  });

  it('asks anew when the ledger falls silent, and counts no silence while an event is being handled', async () => {
    const slowly = () => new Promise((resolve) => setTimeout(resolve, 400));
    await consumed(
      [
        () => undefined,
        stream(events.slice(0, 2).map(frameOf).join(''), 'stays open'),
        stream(frameOf(events[2]!), 'stays open'),
      ],
      { last: events[2]!, silenceMs: 200 },
      slowly,
    );
    expect(handled).toEqual(events.slice(0, 3));
    expect(interruptions).toEqual(Array(2).fill('Nothing came from the ledger within 200 ms.'));
  });

  it('begins where the checkpoint is, with the event whose handling failed', async () => {
    checkpoint.save(idOf(events[0]!));
    const answers = [1, 2].map(() => stream(events.slice(1).map(frameOf).join(''), 'stays open'));
    const failing = (event: PublicEvent) => {
      if (event.id === events[2]!.id) throw new Error('no room');
    };
    await expect(consumed(answers, { last: events[3]! }, failing)).rejects.toThrow('no room');
    expect(checkpoint.saved).toEqual(events.slice(0, 2).map(idOf));
    await server!.requests[0]?.closed;
    await consumed(answers, { last: events[3]! });
    expect(server!.requests.map(({ headers }) => headers['last-event-id'])).toEqual(events.slice(0, 2).map(idOf));
  });

  it.each([
    [400, 'validation-failed'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
  ])('does not go on when it is refused for good: %d', async (status, code) => {
    await expect(consumed([problemOf(status, code)])).rejects.toMatchObject({ status, code });
    expect(server!.requests).toHaveLength(1);
  });

  it.each(['abort', 'silence'])(
    'leaves an idle connection, though memory was collected since it was opened: %s',
    async (by) => {
      server = await ScriptedServer.start(
        stream(frameOf(events[0]!), 'stays open'),
        stream(frameOf(events[1]!), 'stays open'),
      );
      const stopping = new AbortController();
      const running = consumeEvents({
        baseUrl: server.url,
        token: 'secret',
        checkpoint,
        signal: stopping.signal,
        silenceMs: by === 'silence' ? 500 : 60_000,
        handle: (event) => {
          handled.push(event);
          setTimeout(() => {
            collectGarbage();
            if (by === 'abort' || event.id === events[1]!.id) stopping.abort();
          }, 200);
        },
      });
      await running;
      expect(handled).toEqual(events.slice(0, by === 'abort' ? 1 : 2));
      for (const { closed } of server.requests) await closed;
    },
  );

  it('asks for its token at each connection', async () => {
    let tokens = 0;
    await consumed([stream('', 'ends'), stream(frameOf(events[0]!), 'stays open')], {
      last: events[0]!,
      token: async () => `token ${(tokens += 1)}`,
    });
    expect(server!.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token 1', 'Bearer token 2']);
  });
});
