interface Call {
  on(event: 'close' | 'cancelled' | 'error' | 'finish', listener: () => void): unknown;
}

/** The long calls, which the node has to end itself when it stops. */
export class OpenCalls {
  private readonly ends = new Map<Call, () => Promise<void>>();
  private stopping = false;

  /** @param end gives what the client still waits for and ends the call. */
  add(call: Call, end: () => Promise<void>): void {
    this.ends.set(call, end);
    const forget = () => this.ends.delete(call);
    call.on('close', forget);
    call.on('cancelled', forget);
    call.on('finish', forget);
    call.on('error', forget);
    if (this.stopping) void end();
  }

  async end(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.ends.values()].map((end) => end()));
  }
}
