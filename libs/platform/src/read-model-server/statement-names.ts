import { message, sync } from './wire.js';

/**
 * Named prepared statements belong to a session, but PGlite has one session for all: each client's names get a prefix
 * of its own on their way in.
 */
export class StatementNames {
  private readonly parsed = new Set<string>();

  constructor(private readonly prefix: string) {}

  /** The message with its statement's name made our own; messages without one come back as they are. */
  qualify(original: Buffer): Buffer {
    switch (String.fromCharCode(original[0] ?? 0)) {
      case 'P': {
        const name = this.qualified(original, 5);
        if (name === undefined) return original;
        this.parsed.add(name);
        return this.renamed(original, 5, name);
      }
      case 'B': {
        const nameAt = original.indexOf(0, 5) + 1; // behind the portal's name
        const name = this.qualified(original, nameAt);
        return name === undefined ? original : this.renamed(original, nameAt, name);
      }
      case 'D':
      case 'C': {
        const name = original[5] === 'S'.charCodeAt(0) ? this.qualified(original, 6) : undefined;
        if (name === undefined) return original;
        if (original[0] === 'C'.charCodeAt(0)) this.parsed.delete(name);
        return this.renamed(original, 6, name);
      }
      default:
        return original;
    }
  }

  /** Messages that drop every statement of this session; undefined when it has none. */
  closeAll(): Buffer | undefined {
    if (this.parsed.size === 0) return undefined;
    const closes = [...this.parsed].map((name) => message('C', Buffer.from('S'), name));
    return Buffer.concat([...closes, sync]);
  }

  /** The prefixed name, or undefined for the unnamed statement. */
  private qualified(original: Buffer, nameAt: number): string | undefined {
    const name = original.subarray(nameAt, original.indexOf(0, nameAt)).toString();
    return name === '' ? undefined : this.prefix + name;
  }

  private renamed(original: Buffer, nameAt: number, name: string): Buffer {
    const rest = original.subarray(original.indexOf(0, nameAt) + 1);
    return message(String.fromCharCode(original[0] ?? 0), original.subarray(5, nameAt), name, rest);
  }
}
