import { median, processorMs } from './support.mjs';

/**
 * Runs each contestant of each contest once a round, in turns, so that what else the machine does falls on all alike, and
 * prints the medians with their ratios to the baselines, which are the contestants that stand before the last. With the
 * process id of a node it also tells what processor time that spent on an event: a figure that a busy machine spoils less.
 * @param contests { [contest]: { [contestant]: () => number of events, or a promise of it } }
 */
export async function compete(contests, rounds, pid) {
  for (const [contest, contestants] of Object.entries(contests)) {
    const names = Object.keys(contestants);
    const rates = names.map(() => []);
    const costs = names.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, name] of names.entries()) {
        const { perSecond, nodeUs } = await run(contestants[name], pid);
        rates[index].push(perSecond);
        costs[index].push(nodeUs);
      }
    }
    const medians = rates.map(median);
    const row = (index) => ({
      'events/s': Math.round(medians[index]),
      ...Object.fromEntries(
        names.slice(0, -1).map((name, base) => [`to ${name}`, (medians[index] / medians[base]).toFixed(2)]),
      ),
      'node, µs/event': median(costs[index])?.toFixed(1),
      rounds: rates[index].map(Math.round).join(' '),
    });
    console.log(`\n${contest}`);
    console.table(Object.fromEntries(names.map((name, index) => [name, row(index)])));
  }
}

async function run(contestant, pid) {
  const spentBefore = processorMs(pid);
  const began = performance.now();
  const events = await contestant();
  const tookMs = performance.now() - began;
  const spentMs = processorMs(pid) - spentBefore;
  return {
    perSecond: (events * 1_000) / tookMs,
    nodeUs: Number.isNaN(spentMs) ? undefined : (spentMs * 1_000) / events,
  };
}
