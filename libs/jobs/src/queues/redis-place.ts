/** Where the queues are. */
export class RedisPlace {
  /** @param prefix stands before every key, so that several ledgers may share a Redis */
  constructor(
    readonly url: string,
    readonly prefix: string,
  ) {}
}
