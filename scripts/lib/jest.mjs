import { availableParallelism } from 'node:os';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runNode } from './run.mjs';

/** A server that is given to the conformance suite is shared by its files, and some restart what others use. */
const workers = (env) => (env.CONFORMANCE_CONNECTION_STRING ? 1 : Math.max(2, availableParallelism() - 1));

/** Runs one of Jest's projects and counts; whatever ends badly without a failed test to show for it counts as one. */
export async function runJest(project, patterns, env) {
  const report = join(root, '.cache', `jest-${project}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const { code } = await runNode(
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      ...patterns,
      `--selectProjects=${project}`,
      '--passWithNoTests',
      '--json',
      `--outputFile=${report}`,
      `--maxWorkers=${workers(env)}`,
    ],
    { env, output: 'errorsShown' },
  );
  const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = readReport(report);
  const counted = numFailedTests + numRuntimeErrorTestSuites;
  return { passed, failed: code !== 0 && counted === 0 ? 1 : counted, skipped: numPendingTests };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1, numPendingTests: 0 };
  }
}
