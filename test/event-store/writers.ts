import { jsonEvent, type EventData, type EventStoreDBClient, type JSONEventType } from '@eventstore/db-client';

interface Acknowledged {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly commit: bigint;
}

type Written = JSONEventType<'Written', { writer: number; n: number; pad: string }>;

/**
 * Writers that keep account of what they were told. Each appends one to three numbered events at a time, half of them
 * to a stream that all share; an append whose answer was lost is sent again, as it was, before anything new.
 */
export class Writers {
  readonly acknowledged = new Map<string, Acknowledged>();
  private readonly writers: Writer[];

  constructor(
    count: number,
    private readonly nextRandom: () => number,
  ) {
    this.writers = Array.from({ length: count }, (_, number) => ({
      number,
      stream: number % 2 === 0 ? `own-${number}` : 'shared',
      written: 0,
      unanswered: undefined,
    }));
  }

  /** All write until the node is gone. */
  async writeOn(client: EventStoreDBClient): Promise<void> {
    await Promise.all(this.writers.map((writer) => this.write(client, writer)));
  }

  /** Sends what is still unanswered, and nothing else. */
  async settle(client: EventStoreDBClient): Promise<void> {
    await Promise.all(this.writers.map(async (writer) => writer.unanswered && this.send(client, writer)));
  }

  /** Reads the log and tells what is lost, doubled, at another place than was said, or out of order. */
  async complaints(client: EventStoreDBClient): Promise<string[]> {
    const wrong: string[] = [];
    const found = new Map<string, Acknowledged>();
    const lengths = new Map<string, bigint>();
    const written = this.writers.map(() => 0);
    let lastCommit = 0n;
    for await (const { event } of client.readAll()) {
      if (event?.type !== 'Written') continue;
      const { id, streamId: stream, revision } = event;
      const { writer, n } = event.data as Written['data'];
      const commit = event.position?.commit ?? 0n;
      const what = `event ${n} of writer ${writer}, ${stream} ${revision}`;
      if (found.has(id)) wrong.push(`${what} comes twice`);
      if (n !== written[writer]) wrong.push(`${what} comes where ${written[writer]} should`);
      if (commit <= lastCommit) wrong.push(`${what} goes back in the log`);
      if (revision !== (lengths.get(stream) ?? 0n)) wrong.push(`${what} leaves a gap`);
      written[writer] = n + 1;
      lastCommit = commit;
      lengths.set(stream, revision + 1n);
      found.set(id, { id, stream, revision, commit });
    }
    for (const told of this.acknowledged.values()) {
      const event = found.get(told.id);
      if (!event) wrong.push(`${told.stream} ${told.revision} is lost`);
      else if (event.commit !== told.commit || event.revision !== told.revision) {
        wrong.push(`${told.stream} ${told.revision} was acknowledged at another place than ${event.revision}`);
      }
    }
    return wrong;
  }

  /** Whether each stream, read by itself, is as long as what was acknowledged of it, and without gaps. */
  async streamComplaints(client: EventStoreDBClient): Promise<string[]> {
    const wrong: string[] = [];
    for (const stream of new Set(this.writers.map(({ stream }) => stream))) {
      let next = 0n;
      for await (const { event } of client.readStream(stream)) {
        const told = event && this.acknowledged.get(event.id);
        if (told?.stream !== stream || told.revision !== next)
          wrong.push(`${stream} has ${event?.revision} at ${next}`);
        next += 1n;
      }
      const told = [...this.acknowledged.values()].filter((event) => event.stream === stream).length;
      if (next !== BigInt(told)) wrong.push(`${stream} has ${next} events of ${told}`);
    }
    return wrong;
  }

  private async write(client: EventStoreDBClient, writer: Writer): Promise<void> {
    for (;;) {
      writer.unanswered ??= this.propose(writer);
      try {
        await this.send(client, writer);
      } catch {
        return; // the node is gone; whether this append was written is unknown
      }
    }
  }

  private async send(client: EventStoreDBClient, writer: Writer): Promise<void> {
    const events = writer.unanswered ?? [];
    const { nextExpectedRevision, position } = await client.appendToStream(writer.stream, events);
    for (const [index, { id }] of events.entries()) {
      const before = BigInt(events.length - 1 - index);
      const [revision, commit] = [nextExpectedRevision - before, (position?.commit ?? 0n) - before];
      this.acknowledged.set(id, { id, stream: writer.stream, revision, commit });
    }
    writer.unanswered = undefined;
  }

  private propose(writer: Writer): EventData[] {
    return Array.from({ length: 1 + Math.floor(this.nextRandom() * 3) }, () => {
      const pad = 'x'.repeat(Math.floor(this.nextRandom() * 2_500));
      return jsonEvent<Written>({ type: 'Written', data: { writer: writer.number, n: writer.written++, pad } });
    });
  }
}

interface Writer {
  readonly number: number;
  readonly stream: string;
  written: number;
  unanswered: EventData[] | undefined;
}
