/**
 * The direction of imports, checked in `npm test`. A library may import those of its own layer (without cycles) and of
 * the layers below, each by its public index alone. A new library must be given a layer here.
 */
const layers = [
  ['commands', 'read-model', 'jobs', 'propagation', 'feed', 'webhooks', 'auth', 'limits', 'audit', 'personal-data'],
  ['projection-engine', 'event-store', 'event-store-node', 'platform', 'outbound', 'http', 'documents'],
  ['accounting'],
  ['license', 'contracts'],
  ['calendar', 'money'],
];
const pure = ['accounting', 'license', 'contracts', 'calendar', 'money'];
/** Packages without I/O, clock or randomness of their own accord; fast-check and the Jest globals serve specs alone. */
const purePackages = ['@js-temporal/polyfill', 'temporal-spec', 'jsbi', 'uuid', 'dinero.js'];

/**
 * What the package of the contracts offers beside its types and its client: entries of their own, which nothing in the
 * ledger imports. They do I/O, so they may use what the package itself depends on.
 */
const packageEntries = '^libs/contracts/src/(?:webhooks|consumer|event-store)/';
const packagePackages = ['standardwebhooks', 'eventsource-parser', '@eventstore/db-client'];
/** The one module that takes code of the ledger into the package: how an event is read, and how it is told. */
const ledgerLog = '^libs/contracts/src/event-store/ledger-log\\.ts$';

const anyOf = (names) => `(?:${names.map((name) => name.replace(/[.]/g, '\\.')).join('|')})`;
const library = (names) => `^libs/${anyOf(names)}/`;
const spec = '\\.spec\\.ts$';

const upwards = layers.flatMap((names, depth) =>
  depth === 0
    ? []
    : [
        {
          name: `no-upward-import-${depth + 1}`,
          comment: `${names.join(', ')} stand below ${layers[depth - 1].join(', ')}.`,
          severity: 'error',
          from: { path: library(names), pathNot: [spec, '/spec-support/', ledgerLog] },
          to: { path: library(layers.slice(0, depth).flat()) },
        },
      ],
);

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'library-without-layer',
      comment: 'Give the library a layer in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: `^libs/(?!${anyOf([...layers.flat(), 'testing'])}/)` },
      to: {},
    },
    {
      name: 'no-deep-import',
      comment: 'Import another library by its public index: `#library`.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: ledgerLog },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'no-deep-import-from-outside',
      comment: 'Import a library by its public index: `#library`.',
      severity: 'error',
      from: { path: '^(?:apps|test)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'no-import-of-an-app',
      comment: 'Apps are thin and stand alone; what two of them need belongs in a library.',
      severity: 'error',
      from: { path: '^(?:apps/([^/]+)|libs)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'Only specs with their support, test/ and libs/testing may use libs/testing or a spec.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/', '/spec-support/'] },
      to: { path: ['^libs/testing/', spec] },
    },
    {
      name: 'pure-libraries-stay-pure',
      comment: `${pure.join(', ')} import each other, ${purePackages.join(', ')} and Node's hashes: no Nest, no I/O, no clock.`,
      severity: 'error',
      from: { path: library(pure), pathNot: [spec, '/spec-support/', packageEntries] },
      to: { pathNot: [library(pure), `(?:^|/)node_modules/${anyOf(purePackages)}/`, '^(?:node:)?crypto$'] },
    },
    {
      name: 'package-entries-bring-little',
      comment: `What others install has no Nest and none of the service: ${packagePackages.join(', ')}, Node's own, and the event store's reading by ledger-log.ts alone.`,
      severity: 'error',
      from: { path: packageEntries, pathNot: [spec, '/spec-support/'] },
      to: {
        pathNot: [
          '^libs/contracts/',
          `(?:^|/)node_modules/${anyOf(packagePackages)}/`,
          '^(?:node:)?(?:crypto|timers/promises)$',
          '^libs/license/src/index\\.ts$',
          '^libs/event-store/src/(?:all-subscription|recorded-event)\\.ts$',
        ],
      },
    },
    {
      name: 'package-entries-are-for-others',
      comment: 'The ledger uses the public index of contracts; the other entries of the package are for its users.',
      severity: 'error',
      from: { pathNot: packageEntries },
      to: { path: packageEntries },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      comment: 'Declare the package in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-in-production',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/', '/spec-support/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^libs/contracts/dist/' },
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['seat-ledger-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
