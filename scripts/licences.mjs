import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAllowed, licencePage, packagesOf } from './lib/licences.mjs';
import { root } from './lib/root.mjs';

const help = `Usage: npm run licences [-- --check] [-- --lock <file>]

Writes docs/licences.md from package-lock.json, and refuses licences that may not be used.

  --check  writes nothing, and fails as well when the page is not up to date
  --lock   another lock file, for a look at what a change would bring`;

const options = { check: { type: 'boolean' }, lock: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
const { values } = parseArgs({ options });
if (values.help) console.log(help);
else run(values);

function run({ check = false, lock = join(root, 'package-lock.json') }) {
  const page = join(root, 'docs/licences.md');
  const packages = packagesOf(lock);
  const refused = packages.filter((pack) => !isAllowed(pack));
  for (const { name, licence } of refused) console.error(`${name} has the licence ${licence}, which may not be used.`);
  const text = licencePage(packages);
  const isUpToDate = !check || readFileSync(page, 'utf8') === text;
  if (!isUpToDate) console.error('docs/licences.md is not up to date: npm run licences writes it.');
  if (!check && refused.length === 0) writeFileSync(page, text);
  if (refused.length > 0 || !isUpToDate) process.exitCode = 1;
}
