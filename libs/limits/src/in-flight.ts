/** How many requests are under way, altogether and for each caller. */
export class InFlight {
  readonly #ofCaller = new Map<string, number>();
  #total = 0;

  /** @param max altogether; one caller may have half of them */
  constructor(private readonly max: number) {}

  get total(): number {
    return this.#total;
  }

  /** Takes a place, to be given back by `leave`; or says who has too many. */
  enter(caller: string): 'entered' | 'caller-full' | 'full' {
    const own = this.#ofCaller.get(caller) ?? 0;
    if (this.#total >= this.max) return 'full';
    if (own >= Math.ceil(this.max / 2)) return 'caller-full';
    this.#ofCaller.set(caller, own + 1);
    this.#total++;
    return 'entered';
  }

  leave(caller: string): void {
    const own = this.#ofCaller.get(caller) ?? 0;
    if (own > 1) this.#ofCaller.set(caller, own - 1);
    else this.#ofCaller.delete(caller);
    this.#total--;
  }
}
