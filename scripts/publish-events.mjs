import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/root.mjs';
import { StepError } from './lib/run.mjs';
import { main, setUp } from './lib/set-up.mjs';

const help = `Usage: npm run publish:events

Writes what other services may count on into docs/events: the schema of every public event, and the AsyncAPI catalogue.
A change that would break a consumer is refused: give the event a type of the next version instead.`;

await main(help, async () => {
  await setUp();
  const { asyncApiDocument, breakingChanges, publishedSchemas } = await import('../dist/libs/contracts/src/index.js');
  const folder = join(root, 'docs/events');
  const schemas = join(folder, 'schemas.json');
  const published = existsSync(schemas) ? JSON.parse(readFileSync(schemas, 'utf8')) : {};
  const broken = breakingChanges(published, publishedSchemas());
  if (broken.length > 0) throw new StepError(`This would break consumers:\n  ${broken.join('\n  ')}`);
  mkdirSync(folder, { recursive: true });
  write(schemas, publishedSchemas());
  write(join(folder, 'asyncapi.json'), asyncApiDocument());
});

function write(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  console.error(file);
}
