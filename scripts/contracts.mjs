import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { install, isInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { main } from './lib/set-up.mjs';

const help = `Usage: npm run contracts [-- --check]

Makes the JSON Schemas of the HTTP interface from its types in libs/contracts/src/api/operations.ts.
With --check it changes nothing, and fails when the schemas are not those of the types.`;

const file = join(root, 'libs/contracts/src/api/operation-schemas.generated.ts');

await main(help, async (args) => {
  const { values } = parseArgs({ args, options: { check: { type: 'boolean' } } });
  if (!isInstalled()) await install();
  const { operationSchemasFile } = await import('./lib/operation-schemas.mjs');
  const { format, resolveConfig } = await import('prettier');
  const text = await format(operationSchemasFile(), { ...(await resolveConfig(file)), filepath: file });
  const name = relative(root, file);
  if (!values.check) {
    await writeFile(file, text);
    console.error(`${name} is written.`);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    throw new Error(`${name} is not what libs/contracts/src/api says. Run: npm run contracts`);
  }
});
