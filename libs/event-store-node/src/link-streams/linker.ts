import { createHash } from 'node:crypto';
import { formatEventId } from '../record/event-id.js';
import { decodeRecord, readHeader, type RecordHeader } from '../record/recorded-event.js';
import { LINK_TYPE } from '../reading/link.js';
import { ALL_STREAMS, type EventLog, type StoredEvent } from '../storage/event-log.js';
import { metastreamOf } from '../storage/stream-state.js';
import { systemEvent } from '../storage/system-event.js';
import { isLinkable, type LinkRule } from './link-rule.js';

/** Links are gathered for so long, so that a busy log does not pay for a commit of links with each of its own. */
const GATHER_MS = 200;

/**
 * Follows the log and links its events by one rule. Links have ids of their events, so that what was linked before a
 * crash, and not yet remembered, is not linked twice.
 */
export class Linker {
  private readonly memory: string;
  private position: number;
  private linked = 0;
  private running: Promise<void> | undefined;
  private stopping = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly log: EventLog,
    readonly rule: LinkRule,
  ) {
    this.memory = `$linker-${rule.name}-checkpoint`;
    const [newest] = log.readStream(this.memory, Number.MAX_SAFE_INTEGER, 'backwards', 1);
    this.position = newest ? Number(Buffer.from(decodeRecord(newest.record).data).toString()) : 0;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  get progress(): { readonly position: number; readonly linked: number } {
    return { position: this.position, linked: this.linked };
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.follow().finally(() => (this.running = undefined));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async follow(): Promise<void> {
    const unsubscribe = this.log.onCommit(ALL_STREAMS, () => this.wake());
    try {
      while (!this.stopping) {
        const page = this.log.readAll(this.position + 1, 'forwards');
        const last = page.at(-1);
        if (last) await this.linkPage(page, last.position);
        else await this.growth();
      }
    } catch {
      // The log tells of its failure itself; linking goes on from what is remembered.
    } finally {
      unsubscribe();
    }
  }

  /** Resolves a while after the next commit, or when linking is to stop. */
  private async growth(): Promise<void> {
    await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.wake = () => {
        if (!this.stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async linkPage(page: readonly StoredEvent[], lastPosition: number): Promise<void> {
    const headers = page.map(({ record }) => readHeader(record)).filter(isLinkable);
    await Promise.all(headers.map((header) => this.link(header)));
    this.position = lastPosition;
    if (headers.length > 0) await this.remember(lastPosition);
  }

  private async link(header: RecordHeader): Promise<void> {
    const target = this.rule.target(header);
    if (target === undefined) return;
    const { stream, revision, position, id } = header;
    const link = {
      ...systemEvent(LINK_TYPE, Buffer.from(`${revision}@${stream}`)),
      id: linkId(this.rule.name, position),
      metadata: Buffer.from(JSON.stringify({ $o: stream, $causedBy: id })),
    };
    const { kind } = await this.log.append({ stream: target, expected: 'any', events: [link] });
    if (kind === 'written') this.linked += 1;
  }

  private async remember(position: number): Promise<void> {
    if (!this.log.describe(this.memory)) {
      const keepOne = systemEvent('$metadata', Buffer.from('{"$maxCount":1}'));
      await this.log.append({ stream: metastreamOf(this.memory), expected: 'any', events: [keepOne] });
    }
    const event = systemEvent('$linkerCheckpoint', Buffer.from(String(position)));
    await this.log.append({ stream: this.memory, expected: 'any', events: [event] });
  }
}

/** The same for the same event and rule, in the form of a UUID made from a name. */
function linkId(rule: string, position: number): string {
  const bytes = createHash('sha1').update(`${rule}@${position}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return formatEventId(bytes);
}
