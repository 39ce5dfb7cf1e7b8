import { join } from 'node:path';
import { runJest } from './lib/jest.mjs';
import { root } from './lib/root.mjs';
import { runNode, seconds } from './lib/run.mjs';
import { main, setUp } from './lib/set-up.mjs';
import { startTestPostgres } from './lib/test-postgres.mjs';

const help = `Usage: npm test [-- <jest arguments>]

Installs and builds what is missing, then checks formatting, lint, types and the direction of imports, and runs the unit
and the system tests. With arguments only Jest runs, with them: npm test -- libs/money, npm test -- -t 'rolls back'.

The read model is tested on PGlite, and on PostgreSQL when TEST_DATABASE_URL names one or it is installed.
The last line is "N passed, N failed", where each check counts as one.`;

const bin = (path) => join(root, 'node_modules', path);
const sources = ['apps', 'libs', 'test', 'scripts'];
const checks = {
  types: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'],
  lint: [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '--no-error-on-unmatched-pattern', ...sources],
  'direction of imports': [
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--no-progress',
    '{apps,libs,test}/**/*.ts',
  ],
  'schemas of the interface': ['scripts/contracts.mjs', '--check'],
  formatting: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
};

await main(help, async (jestArguments) => {
  await setUp();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const add = ({ passed, failed, skipped = 0 }) => {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  };

  if (jestArguments.length === 0) for (const result of await runChecks()) add(result);

  const postgres = await startTestPostgres();
  if (postgres.failed) add({ passed: 0, failed: 1 });
  console.error(`Read model on PGlite and ${postgres.told}`);
  try {
    const env = { ...process.env, ...(postgres.url ? { TEST_DATABASE_URL: postgres.url } : {}) };
    for (const project of ['unit', 'system']) add(await runJest(project, jestArguments, env));
  } finally {
    await postgres.stop();
  }

  if (total.passed + total.failed === 0) {
    console.error('No test matches.');
    total.failed = 1;
  }
  if (total.skipped > 0) console.error(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});

/** Two at a time, the longest first; each tells of itself when it has ended. */
async function runChecks() {
  const waiting = Object.entries(checks);
  const results = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, args] = next;
      const { code, output, durationMs } = await runNode(args, { output: 'collected' });
      console.error(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(durationMs)})`);
      if (code !== 0) console.error(output);
      results.push(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
