/** The few facts of PostgreSQL's wire protocol (version 3) that sharing one backend needs. */

const sslRequest = 80877103;
const gssEncryptionRequest = 80877104;
const cancelRequest = 80877102;

/** A client that breaks the protocol or asks for more than we hold. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export type Opening = 'encryption-request' | 'cancel-request' | 'startup';

/** Cuts a client's bytes into messages. Openings have no type byte; every later message begins with one. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private size = 0;

  constructor(private readonly sizeMax: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  nextOpening(): Opening | undefined {
    const message = this.next(0);
    if (message === undefined) return undefined;
    const code = message.readInt32BE(4);
    if (code === sslRequest || code === gssEncryptionRequest) return 'encryption-request';
    return code === cancelRequest ? 'cancel-request' : 'startup';
  }

  nextMessage(): Buffer | undefined {
    return this.next(1);
  }

  private next(typeBytes: 0 | 1): Buffer | undefined {
    const headerSize = typeBytes + 4;
    if (this.size < headerSize) return undefined;
    const length = this.whole(headerSize).readInt32BE(typeBytes);
    if (length < (typeBytes === 0 ? 8 : 4) || length > this.sizeMax) {
      throw new ProtocolError(`message of ${length} bytes; at most ${this.sizeMax} are taken`);
    }
    const total = typeBytes + length;
    if (this.size < total) return undefined;
    const bytes = this.whole(total);
    this.chunks = bytes.length > total ? [bytes.subarray(total), ...this.chunks.slice(1)] : this.chunks.slice(1);
    this.size -= total;
    return bytes.subarray(0, total);
  }

  /** The first chunk, made at least `size` long; a long message is joined once, when it is complete. */
  private whole(size: number): Buffer {
    const [first] = this.chunks;
    if (first !== undefined && first.length >= size) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}

/** Whether the server answers after this message, so that what was collected must be handed over. */
export function endsUnit(message: Buffer): boolean {
  const type = String.fromCharCode(message[0] ?? 0);
  return type === 'S' || type === 'Q' || type === 'H' || type === 'F';
}

/** Whether a ReadyForQuery follows, after which another session may have its turn. */
export function endsSequence(message: Buffer): boolean {
  return message[0] !== 'H'.charCodeAt(0);
}

export function isTerminate(message: Buffer): boolean {
  return message[0] === 'X'.charCodeAt(0);
}

export function message(type: string, ...fields: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(fields.map((field) => (typeof field === 'string' ? Buffer.from(`${field}\0`) : field)));
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export const sync = message('S');
export const rollback = message('Q', 'ROLLBACK');
export const encryptionRefused = Buffer.from('N');

/** What a client sends first; its answer from PGlite is what we give to every client. */
export function startup(): Buffer {
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(196608, 4);
  return Buffer.concat([head, parameters]);
}

export const askForPassword = message('R', Buffer.from([0, 0, 0, 3]));

/** The password of a PasswordMessage. */
export function passwordOf(bytes: Buffer): string | undefined {
  return bytes[0] === 'p'.charCodeAt(0) ? bytes.subarray(5, bytes.length - 1).toString() : undefined;
}

/** An error that ends the session. */
export function fatalError(code: string, text: string): Buffer {
  return message('E', `SFATAL`, `VFATAL`, `C${code}`, `M${text}`, Buffer.from([0]));
}
