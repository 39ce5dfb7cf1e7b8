import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire to the store that can be cut, and can fall silent without being cut. */
export class TcpProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isMute = false;
  #isDeaf = false;
  #isRefusing = false;
  #refused = 0;

  private constructor(targetPort: number) {
    this.#server = createServer((near) => {
      if (this.#isRefusing) {
        this.#refused++;
        return void near.destroy();
      }
      const far = connect(targetPort, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.on('data', (bytes) => {
        if (!this.#isDeaf) far.write(bytes);
      });
      far.on('data', (bytes) => {
        if (!this.#isMute) near.write(bytes);
      });
    });
  }

  static async to(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${(this.#server.address() as AddressInfo).port}?tls=false`;
  }

  /** How many connections were turned away so far. */
  get refused(): number {
    return this.#refused;
  }

  /** From now on nothing that the store says arrives, and nobody is told. */
  mute(): void {
    this.#isMute = true;
  }

  /** From now on nothing that is sent reaches the store, and nobody is told. */
  deafen(): void {
    this.#isDeaf = true;
  }

  /** Cuts every connection; new ones are refused until `heal`. */
  cut(): void {
    this.#isRefusing = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets connections through again. Those that lost bytes are of no use any more: cut them first. */
  heal(): void {
    this.#isMute = false;
    this.#isDeaf = false;
    this.#isRefusing = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
