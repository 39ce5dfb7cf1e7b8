import { setUp } from './lib/set-up.mjs';
import { StepError } from './lib/run.mjs';

// Runs one of our programs with its arguments, installed and built first: node scripts/run.mjs <app> [arguments]
const [node, , app, ...args] = process.argv;
try {
  await setUp();
} catch (error) {
  console.error(error instanceof StepError ? error.message : error);
  process.exit(1);
}
process.setSourceMapsEnabled(true);
process.argv = [node, app, ...args];
await import(`../dist/apps/${app}/src/main.js`);
