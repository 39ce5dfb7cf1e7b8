/**
 * The embedded event store over a long log, and over one of a hundredth of it: how long a start takes, what memory the
 * node holds, and how fast one subscription reads all of it, and one whose filter lets nothing through.
 *
 * Start: from the fork of the process to its being ready, five times, median. Memory: what the process holds apart from
 * mapped files (RssAnon), after the start and at its highest while subscriptions read; the map of the log (RssFile)
 * belongs to the page cache and is told beside it. Rates: from the subscription's call to its last event or, filtered, to
 * its catching up, beside a scan of the node's files in this process. Linux only.
 *
 *   node test/bench/million-events.mjs [--events 1000000] [--bytes 500] [--rounds 3]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { EventStoreDBClient, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import { compete } from './contest.mjs';
import { prefixFilter, rawClient, together, wholeLog } from './raw-client.mjs';
import { storedEvents } from './stored-events.mjs';
import { dist, machine, median, option, Stage } from './support.mjs';

const events = option('events', 1_000_000);
const bytes = option('bytes', 500);
const rounds = option('rounds', 3);
const starts = 5;
const perAppend = 500;
const perStream = 1_000;
const NOBODY = 'nobody-';

const stage = new Stage();
try {
  console.log(`${machine()}; events of ${bytes} bytes`);
  const looks = {};
  for (const total of [Math.ceil(events / 100), events]) looks[`${total} events`] = await measure(total);
  console.table(looks);
} finally {
  await stage.end();
}

async function measure(total) {
  const folder = stage.folder();
  const first = await start(folder);
  const began = performance.now();
  await fill(first.connectionString, total);
  console.log(`\n${total} events written in ${Math.round((performance.now() - began) / 1_000)} s`);
  await first.stop();

  const startMs = [];
  for (let n = 1; n < starts; n += 1) {
    const again = await start(folder);
    startMs.push(again.readyMs);
    await again.stop();
  }
  const node = await start(folder);
  startMs.push(node.readyMs);
  const after = memoryMb(node.pid);
  const peak = watchMemory(node.pid);
  await readAll(node, folder, total);
  const highest = peak.stop();
  await node.stop();
  return {
    'start, ms': Math.round(median(startMs)),
    'heap after start, MB': after.heap,
    'highest heap, MB': highest.heap,
    'highest map, MB': highest.map,
  };
}

async function readAll({ connectionString, pid }, folder, total) {
  const client = EventStoreDBClient.connectionString(connectionString);
  const raw = rawClient(connectionString);
  const stored = storedEvents(folder);
  // The node's own note of its birth is the first event of all.
  const all = total + 1;
  await compete(
    {
      [`subscription to all of ${total}`]: {
        'bare scan': () => stored.scan(all),
        'raw gRPC': () => raw.subscribe(wholeLog, all),
        client: () => subscription(client.subscribeToAll({ fromPosition: START }), all),
      },
      [`subscription whose filter lets nothing through, ${total} events`]: {
        'bare scan': () => stored.scan(all),
        'raw gRPC': async () => all - (await raw.subscribe(wholeLog, 1, prefixFilter(NOBODY))),
        client: async () => all - (await subscription(client.subscribeToAll({ filter: nothing() }), 1)),
      },
    },
    rounds,
    pid,
  );
  stored.close();
  raw.close();
  await client.dispose();
}

function nothing() {
  return streamNameFilter({ prefixes: [NOBODY], checkpointInterval: 32 });
}

/** @returns how many events came until there were enough or the subscription had caught up */
function subscription(reading, enough) {
  let seen = 0;
  return new Promise((resolve, reject) => {
    const finish = () => {
      resolve(seen);
      reading.destroy();
    };
    reading.on('error', reject);
    reading.on('caughtUp', finish);
    reading.on('data', () => {
      if ((seen += 1) === enough) finish();
    });
  });
}

async function fill(connectionString, total) {
  const client = EventStoreDBClient.connectionString(connectionString);
  const pad = 'x'.repeat(bytes);
  let stream = 0;
  await together(4, async (_, next) => {
    while (next(Math.ceil(total / perStream))) {
      const name = `load-${(stream += 1)}`;
      for (let left = Math.min(perStream, total); left > 0; left -= perAppend) {
        const some = Array.from({ length: Math.min(perAppend, left) }, () =>
          jsonEvent({ type: 'Loaded', data: { pad } }),
        );
        await client.appendToStream(name, some);
      }
    }
  });
  await client.dispose();
}

async function start(folder) {
  const began = performance.now();
  const child = fork(dist('apps/event-store/src/main.js'), ['--data', folder, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  stage.onEnd(stop);
  const [{ connectionString }] = await once(child, 'message');
  return { connectionString, pid: child.pid, readyMs: performance.now() - began, stop };
}

function memoryMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1_024);
  return { heap: of('RssAnon'), map: of('RssFile') };
}

function watchMemory(pid) {
  const highest = memoryMb(pid);
  const timer = setInterval(() => {
    const { heap, map } = memoryMb(pid);
    highest.heap = Math.max(highest.heap, heap);
    highest.map = Math.max(highest.map, map);
  }, 100);
  return {
    stop() {
      clearInterval(timer);
      return highest;
    },
  };
}
