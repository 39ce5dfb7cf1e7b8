/** Where pushes wait for a worker. */
export abstract class PushQueue {
  /** Asks for a push of the license's entitlement as soon as possible. What is lost on the way is found again. */
  abstract ask(licenseId: string): Promise<void>;
}
