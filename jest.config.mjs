import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that ship ES modules only; Jest runs CommonJS here, so they are compiled like our own source. */
function esmPackages(folder = 'node_modules') {
  const names = readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.filter((name) => {
    const manifest = join(folder, name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
  });
}

const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
const swcJs = { ...swc, jsc: { target: 'es2023', parser: { syntax: 'ecmascript' }, keepClassNames: true } };

const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: {
    globalsCleanup: 'off',
    customExportConditions: ['seat-ledger-source', 'require', 'node', 'node-addons', 'default'],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', swc], '\\.m?js$': ['@swc/jest', swcJs] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages().join('|')})/)`],
  setupFiles: ['reflect-metadata'],
};

export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...shared, displayName: 'system', testMatch: ['<rootDir>/test/**/*.spec.ts'] },
  ],
  testTimeout: 30_000,
};
