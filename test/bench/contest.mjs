import { median } from './support.mjs';

/**
 * Runs each contestant of each contest once a round, in turns, so that what else the machine does falls on all alike, and
 * prints the medians with their ratios to the baselines, which are the contestants that stand before the last.
 * @param contests { [contest]: { [contestant]: () => number of events, or a promise of it } }
 */
export async function compete(contests, rounds) {
  for (const [contest, contestants] of Object.entries(contests)) {
    const names = Object.keys(contestants);
    const rates = names.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, name] of names.entries()) rates[index].push(await perSecond(contestants[name]));
    }
    const medians = rates.map(median);
    const row = (index) => ({
      'events/s': Math.round(medians[index]),
      ...Object.fromEntries(
        names.slice(0, -1).map((name, base) => [`to ${name}`, (medians[index] / medians[base]).toFixed(2)]),
      ),
      rounds: rates[index].map(Math.round).join(' '),
    });
    console.log(`\n${contest}`);
    console.table(Object.fromEntries(names.map((name, index) => [name, row(index)])));
  }
}

async function perSecond(run) {
  const began = performance.now();
  const events = await run();
  return (events * 1_000) / (performance.now() - began);
}
