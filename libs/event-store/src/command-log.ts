import type { RecordedEvent } from './recorded-event.js';

/** Where a command's events stand in its stream, and what it asked for. */
export interface RecordedCommand {
  readonly requestHash: string;
  readonly firstRevision: bigint;
  readonly lastRevision: bigint;
}

/** Every command beyond this many is forgotten, oldest first; a repeat of it would be decided anew. */
export const rememberedCommands = 10_000;

/** The commands recorded in one stream. Rolled events belong to no command and are left out. */
export class CommandLog {
  readonly #commands = new Map<string, RecordedCommand>();

  constructor(private readonly limit = rememberedCommands) {}

  get size(): number {
    return this.#commands.size;
  }

  get(commandId: string): RecordedCommand | undefined {
    return this.#commands.get(commandId);
  }

  add({ metadata, revision }: Pick<RecordedEvent, 'metadata' | 'revision'>): void {
    if (metadata.rolled || metadata.commandId === '') return;
    const known = this.#commands.get(metadata.commandId);
    this.#commands.set(metadata.commandId, {
      requestHash: known?.requestHash ?? metadata.requestHash,
      firstRevision: known?.firstRevision ?? revision,
      lastRevision: revision,
    });
    if (this.#commands.size <= this.limit) return;
    const [oldest] = this.#commands.keys();
    if (oldest !== undefined) this.#commands.delete(oldest);
  }
}
