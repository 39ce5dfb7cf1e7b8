import { decodeRecord } from '../record/recorded-event.js';
import type { EventLog } from '../storage/event-log.js';
import { systemEvent } from '../storage/system-event.js';
import { BY_CATEGORY, BY_EVENT_TYPE } from './link-rule.js';
import { Linker } from './linker.js';

/** Its newest event holds the names of the rules that are switched on. */
const SETTINGS_STREAM = '$linkerConfig';

/**
 * Streams of links to all events of a category (`$ce-<category>`) and of a type (`$et-<type>`), off until somebody asks
 * for them. What is switched on stays so over a restart.
 */
export class LinkStreams {
  private readonly linkers: readonly Linker[];

  constructor(private readonly log: EventLog) {
    this.linkers = [new Linker(log, BY_CATEGORY), new Linker(log, BY_EVENT_TYPE)];
    const [newest] = log.readStream(SETTINGS_STREAM, Number.MAX_SAFE_INTEGER, 'backwards', 1);
    if (!newest) return;
    const { on } = JSON.parse(Buffer.from(decodeRecord(newest.record).data).toString()) as { on: string[] };
    for (const linker of this.linkers) if (on.includes(linker.rule.name)) linker.start();
  }

  get names(): readonly string[] {
    return this.linkers.map(({ rule }) => rule.name);
  }

  find(name: string): Linker | undefined {
    return this.linkers.find(({ rule }) => rule.name === name);
  }

  async switchAllOn(): Promise<void> {
    for (const linker of this.linkers) await this.switchOn(linker);
  }

  async switchOn(linker: Linker): Promise<void> {
    if (linker.isRunning) return;
    linker.start();
    await this.save();
  }

  async switchOff(linker: Linker): Promise<void> {
    await linker.stop();
    await this.save();
  }

  /** Those that are at work begin anew with what is on the disk. */
  async restart(): Promise<void> {
    const running = this.linkers.filter(({ isRunning }) => isRunning);
    await this.stop();
    for (const linker of running) linker.start();
  }

  /** Stops linking; what is switched on goes on at the next start. */
  async stop(): Promise<void> {
    await Promise.all(this.linkers.map((linker) => linker.stop()));
  }

  private async save(): Promise<void> {
    const on = this.linkers.filter(({ isRunning }) => isRunning).map(({ rule }) => rule.name);
    const event = systemEvent('$linkerConfig', Buffer.from(JSON.stringify({ on })));
    await this.log.append({ stream: SETTINGS_STREAM, expected: 'any', events: [event] });
  }
}
