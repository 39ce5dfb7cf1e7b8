import { main, setUp } from './lib/set-up.mjs';

const help = `Usage: npm run build

Installs the packages when node_modules does not match package-lock.json, and compiles apps and libs into dist/
when a source has changed. npm start and npm test do the same by themselves.`;

await main(help, async () => {
  await setUp();
  console.error('dist/ is up to date.');
});
