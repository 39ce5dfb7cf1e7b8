import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage, packageFolder } from './lib/build-package.mjs';
import { install, isInstalled } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { runNpm } from './lib/npm.mjs';
import { root } from './lib/root.mjs';
import { StepError } from './lib/run.mjs';
import { main } from './lib/set-up.mjs';

const help = `Usage: npm run --silent package [-- --build | --into <folder>]

Makes the package that other services install, out of libs/contracts: ES modules, CommonJS and types, and the tarball of
them in dist/packages. Prints the path of the tarball.

  --into <folder>   where the tarball goes
  --build           only compiles, into libs/contracts/dist; npm pack does this by itself`;

await main(help, async (args) => {
  const { values } = parseArgs({ args, options: { build: { type: 'boolean' }, into: { type: 'string' } } });
  requireNode();
  if (!isInstalled()) await install();
  if (values.build) return buildPackage();
  const destination = values.into ?? join(root, 'dist/packages');
  mkdirSync(destination, { recursive: true });
  const { code, output } = await runNpm(['pack', packageFolder, '--pack-destination', destination], {
    output: 'collected',
  });
  if (code !== 0) throw new StepError(`npm pack failed:\n${output}`);
  // The name of the file is the last that npm says.
  const tarball = join(destination, output.split('\n').at(-1));
  console.log(values.into === undefined ? relative(process.cwd(), tarball) : tarball);
});
