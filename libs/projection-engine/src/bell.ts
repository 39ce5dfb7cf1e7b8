/** Wakes whoever waits for a change. What is waited for is looked at again after each ring. */
export class Bell {
  #ring: () => void = () => undefined;
  #next = this.#arm();

  ring(): void {
    const ring = this.#ring;
    this.#next = this.#arm();
    ring();
  }

  /** Resolves at the next ring. */
  next(): Promise<void> {
    return this.#next;
  }

  #arm(): Promise<void> {
    return new Promise((resolve) => (this.#ring = resolve));
  }
}
