import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which anything can be said, and what was said back. */
export class RawConnection {
  #said = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => (this.#said += text));
    socket.on('error', () => undefined);
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  get said(): string {
    return this.#said;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  write(text: string): void {
    if (!this.socket.destroyed) this.socket.write(text, 'latin1');
  }

  /** Until the other side has closed. */
  async closed(): Promise<string> {
    if (!this.socket.destroyed) await once(this.socket, 'close');
    return this.#said;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Sends bytes as they are and gives everything that comes back until the other side closes. */
export async function exchange(url: string, request: string): Promise<string> {
  const connection = await RawConnection.open(url);
  connection.write(request);
  return connection.closed();
}
