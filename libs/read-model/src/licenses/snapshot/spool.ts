import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A temporary file that has no name: it is gone when it is closed, however the process ends. */
export class Spool {
  #bytes = 0;

  private constructor(private readonly file: FileHandle) {}

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `seat-ledger-snapshot-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return new Spool(file);
  }

  get bytes(): number {
    return this.#bytes;
  }

  async append(text: string): Promise<void> {
    await this.file.appendFile(text);
    this.#bytes += Buffer.byteLength(text);
  }

  /** What was appended. It closes the file when it ends or is destroyed. */
  read(): Readable {
    return this.file.createReadStream({ start: 0 });
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
