import Tinypool from 'tinypool';
import { builtFile } from '#platform';
import type { InvoiceDocument } from '../invoice/invoice-document.js';

const idleMs = 60_000;
/** As many as are printed while a caller waits patiently; more are refused. */
const waitingMax = 32;

/** Too many documents wait to be printed. */
export class PrinterBusy extends Error {
  override readonly name = 'PrinterBusy';
}

/**
 * Makes PDFs in a thread of its own, one after another: one takes from a tenth of a second to half a second of a
 * processor, in which the caller's thread would answer nobody. The thread is started when it is needed and ends when it
 * has been idle, and its fonts with it.
 */
export class InvoicePrinter {
  #pool: Tinypool | undefined;

  /** @throws PrinterBusy */
  async pdf(document: InvoiceDocument): Promise<Buffer> {
    this.#pool ??= new Tinypool({
      filename: builtFile('libs/documents/src/pdf/invoice-pdf.main.js'),
      minThreads: 0,
      maxThreads: 1,
      maxQueue: waitingMax,
      idleTimeout: idleMs,
    });
    if (this.#pool.queueSize >= waitingMax) throw new PrinterBusy('Too many documents wait to be printed.');
    return Buffer.from((await this.#pool.run(document)) as Uint8Array);
  }

  async stop(): Promise<void> {
    await this.#pool?.destroy();
  }
}
