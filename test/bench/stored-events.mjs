import { join } from 'node:path';
import { open } from 'lmdb';

/**
 * The files of a node, read without the node: what no server over this storage can be faster than. A node may be writing
 * to them meanwhile.
 */
export function storedEvents(dataFolder) {
  const root = open({ path: join(dataFolder, 'log'), maxDbs: 8, cache: false, readOnly: true });
  const bytes = { encoding: 'binary', keyEncoding: 'binary' };
  const events = root.openDB('events', bytes);
  const revisions = root.openDB('revisions', bytes);
  const streams = root.openDB('streams', { encoding: 'msgpack', keyEncoding: 'binary' });
  return {
    scan(total) {
      let seen = 0;
      for (const { value } of events.getRange({ limit: total })) if (value.length > 0) seen += 1;
      return seen;
    },
    /** By the index of the stream: a step there and a look-up among the events for each. */
    scanStream(name, total) {
      const { number } = streams.get(Buffer.concat([Buffer.from([1]), Buffer.from(name)]));
      const start = Buffer.alloc(16);
      start.writeBigUInt64BE(BigInt(number));
      let seen = 0;
      for (const { value } of revisions.getRange({ start, limit: total })) if (events.get(value).length > 0) seen += 1;
      return seen;
    },
    close: () => root.close(),
  };
}
