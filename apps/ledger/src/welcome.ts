import { issueLocalToken } from '#auth';
import type { Settings } from '#platform';
import type { Options } from './options.js';

/** Says where to look, and gives a call that works as it stands. */
export async function welcome(url: string, settings: Settings, options: Options): Promise<void> {
  const { dataDir, testClock, auth } = settings;
  const lines = [
    '',
    `Seat Ledger is ready at ${url} (${[...options.roles].join(', ')})`,
    `  reference  ${url}/docs`,
    `  health     ${url}/health/ready`,
    `  files      ${dataDir}`,
    ...(testClock === undefined ? [] : [`  time       stands still; move it with PUT ${url}/v1/test-clock`]),
  ];
  if (options.roles.has('api') && auth === undefined) {
    lines.push('  try        ' + (await example(url, dataDir)));
  }
  console.log([...lines, ''].join('\n'));
}

/** On a terminal with a token in it; elsewhere, where it would stay in a log, with the command that makes one. */
async function example(url: string, dataDir: string): Promise<string> {
  const token = process.stdout.isTTY
    ? await issueLocalToken(dataDir, { role: 'admin', expiresIn: '1d' })
    : `$(LEDGER_DATA_DIR=${dataDir} npm run --silent token -- --role admin)`;
  return `curl -H "Authorization: Bearer ${token}" ${url}/v1/licenses`;
}
