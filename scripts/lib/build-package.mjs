import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runNode, StepError } from './run.mjs';

export const packageFolder = join(root, 'libs/contracts');

const output = join(packageFolder, 'dist');
const types = join(root, 'dist/.package-types');
/** Each way to import it is a folder, whose package.json says what its `.js` and `.d.ts` are. */
const formats = [
  { folder: 'esm', format: 'es', type: 'module' },
  { folder: 'cjs', format: 'cjs', type: 'commonjs' },
];

/**
 * Compiles the package into libs/contracts/dist: the code bundled, so that what it shares with the ledger comes with it,
 * once for each entry in `exports`; and the types of its own sources, as they are written there.
 */
export async function buildPackage() {
  const manifest = readJson(join(packageFolder, 'package.json'));
  requireWhatTheLedgerHas(manifest);
  rmSync(output, { recursive: true, force: true });
  await Promise.all([emitCode(manifest), emitTypes()]);
  for (const { folder, type } of formats) {
    cpSync(join(types, 'libs/contracts/src'), join(output, folder), { recursive: true });
    writeFileSync(join(output, folder, 'package.json'), `${JSON.stringify({ type })}\n`);
  }
  rmSync(types, { recursive: true });
}

/** A package with another version, license or engine than the ledger it belongs to would be a mistake. */
function requireWhatTheLedgerHas(manifest) {
  const ledger = readJson(join(root, 'package.json'));
  for (const field of ['version', 'license', 'engines']) {
    const [is, wanted] = [JSON.stringify(manifest[field]), JSON.stringify(ledger[field])];
    if (is !== wanted) throw new StepError(`libs/contracts/package.json has the ${field} ${is}, the ledger ${wanted}.`);
  }
}

async function emitCode({ exports, dependencies, peerDependencies }) {
  const { rolldown } = await import('rolldown');
  const installed = Object.keys({ ...dependencies, ...peerDependencies });
  const entries = Object.values(exports).flatMap((entry) => entry.import?.default ?? []);
  const names = entries.map((file) => file.slice('./dist/esm/'.length, -'.js'.length));
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(names.map((name) => [name, join(packageFolder, 'src', `${name}.ts`)])),
    platform: 'node',
    external: (id) => isBuiltin(id) || installed.includes(id),
    resolve: {
      conditionNames: ['seat-ledger-source', 'import', 'default'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
    treeshake: { moduleSideEffects: false },
    onLog: (level, log) => {
      if (level === 'warn') throw new StepError(log.message);
    },
  });
  for (const { folder, format } of formats) {
    const written = await bundle.write({ dir: join(output, folder), format, chunkFileNames: 'shared/[name].js' });
    writeFileSync(join(output, folder, 'third-party-licenses.txt'), licensesOf(written.output));
  }
  await bundle.close();
}

/** What the authors of the bundled packages want to go with their code. */
function licensesOf(chunks) {
  const folders = chunks.flatMap(({ moduleIds = [] }) =>
    moduleIds.flatMap((id) => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id) ?? []),
  );
  return [...new Set(folders)].toSorted().map(licenseOf).join('\n');
}

/** The license as the package ships it: its text, or what its manifest says. */
function licenseOf(folder) {
  const { name, version, license, author, homepage } = readJson(join(folder, 'package.json'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined && license === undefined) throw new StepError(`${name} has no license to be bundled under.`);
  const text = file
    ? readFileSync(join(folder, file), 'utf8')
    : `${license}, ${author?.name ?? author} (${homepage})\n`;
  return `${name} ${version}\n\n${text}`;
}

async function emitTypes() {
  rmSync(types, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const args = ['-p', join(packageFolder, 'tsconfig.package.json'), '--outDir', types];
  const { code, output: said } = await runNode([compiler, ...args], { output: 'collected' });
  if (code !== 0) throw new StepError(`The types of the package can not be written:\n${said}`);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
