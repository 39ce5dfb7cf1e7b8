/**
 * How fast `events copy` moves a log from one node to another, beside what the source's node gives to a reader (the
 * official client over $all) and what the target's takes from a writer (the official client, one event to an append,
 * 64 in flight to 64 streams). The whole run reads the source three times and the target twice; its copying alone, and
 * the processor time and memory of its process, are told apart. Each round copies to an empty node.
 *
 *   node test/bench/event-copy.mjs [--events 50000] [--streams 1000] [--bytes 500] [--rounds 3]
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { dist, machine, median, option, Stage } from './support.mjs';

const events = option('events', 50_000);
const streams = option('streams', 1_000);
const bytes = option('bytes', 500);
const rounds = option('rounds', 3);
const inFlight = 64;

const event = () =>
  jsonEvent({ type: 'SeatsIncreased', data: { pad: 'x'.repeat(bytes) }, metadata: { commandId: '1' } });

const stage = new Stage();
try {
  const source = await stage.eventStore();
  const reader = EventStoreDBClient.connectionString(source);
  stage.onEnd(() => reader.dispose());
  await seed(reader);
  console.log(`${machine()}; ${events} events of ${bytes} bytes in ${streams} streams, ${rounds} rounds, medians`);

  const rows = {
    'client reads $all': [],
    'client appends': [],
    'events copy, copying': [],
    'events copy, all of it': [],
  };
  const [cpuUs, memoryMiB] = [[], []];
  for (let round = 0; round < rounds; round++) {
    rows['client reads $all'].push(events / (await timed(() => drain(reader.readAll()))));
    const bare = EventStoreDBClient.connectionString(await stage.eventStore());
    rows['client appends'].push(6_400 / (await timed(() => appends(bare, 6_400))));
    await bare.dispose();
    const copied = await copy(source, await stage.eventStore());
    rows['events copy, copying'].push(copied.ratePerSecond);
    rows['events copy, all of it'].push(events / copied.seconds);
    cpuUs.push(copied.cpuUs / events);
    memoryMiB.push(copied.memoryKib / 1024);
  }
  const appendRate = median(rows['client appends']);
  for (const [name, rates] of Object.entries(rows)) {
    const rate = median(rates);
    console.log(
      `${name.padEnd(24)} ${Math.round(rate).toString().padStart(8)} events/s ${(rate / appendRate).toFixed(2)} of the client's appends`,
    );
  }
  console.log(
    `processor time of the copy's process: ${median(cpuUs).toFixed(0)} µs an event; memory at most: ${median(memoryMiB).toFixed(0)} MiB`,
  );
} finally {
  await stage.end();
}

/** Streams take turns, as licenses do; the appends of one round of turns are under way together, up to 64. */
async function seed(client) {
  const revisions = Array(streams).fill(-1n);
  let underWay = [];
  for (let written = 0; written < events; written++) {
    const stream = written % streams;
    const expectedRevision = revisions[stream] < 0n ? 'no_stream' : revisions[stream];
    revisions[stream] += 1n;
    underWay.push(client.appendToStream(`license-${stream}`, event(), { expectedRevision }));
    if (underWay.length < Math.min(inFlight, streams)) continue;
    await Promise.all(underWay);
    underWay = [];
  }
  await Promise.all(underWay);
}

async function appends(client, total) {
  const writer = async () => {
    const stream = `bare-${randomUUID()}`;
    for (let n = 0; n < total / inFlight; n++) {
      await client.appendToStream(stream, event(), { expectedRevision: n === 0 ? 'no_stream' : BigInt(n - 1) });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
}

async function drain(reading) {
  for await (const _ of reading);
}

/** Runs the command as a process of its own; it tells its processor time and its memory when it ends. */
async function copy(from, to) {
  const told = `process.on('exit', () => { const { userCPUTime: u, systemCPUTime: s, maxRSS } = process.resourceUsage(); console.log(JSON.stringify({ cpuUs: u + s, memoryKib: maxRSS })); });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(told)}`, dist('apps/cli/src/main.js')];
  const child = spawn(process.execPath, [...args, 'events', 'copy', '--from', from, '--to', to], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  const seconds = await timed(() => new Promise((done) => child.once('close', done)));
  if (child.exitCode !== 0) throw new Error(`the copy ended with ${child.exitCode}:\n${output}`);
  const [, rate] = /Copied .* \(([\d,]+) a second\)/.exec(output);
  return { seconds, ratePerSecond: Number(rate.replaceAll(',', '')), ...JSON.parse(output.trim().split('\n').at(-1)) };
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
