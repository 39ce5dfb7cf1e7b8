import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { EventStoreProcess } from '../event-store/event-store-process.js';
import { FreshProject } from './fresh-project.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const config = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  },
};

/** What the compiler must know, as an ES module and as CommonJS. */
const typesProgram = `
import { LedgerClient, type PublicEvent } from '@seat-ledger/contracts';
import { verifyWebhook } from '@seat-ledger/contracts/webhooks';
import { consumeEvents } from '@seat-ledger/contracts/consumer';

declare const ledger: LedgerClient;
declare const event: PublicEvent;
export async function typed(): Promise<string> {
  // @ts-expect-error there is no such operation
  await ledger.call('GET /v1/licences');
  // @ts-expect-error a part of the path is missing
  await ledger.call('GET /v1/licenses/{licenseId}', { path: {} });
  // @ts-expect-error seats are a number
  await ledger.call('POST /v1/licenses/{licenseId}/seat-changes', { path: { licenseId: '' }, body: { seats: '48' } });
  // @ts-expect-error not every event has seats
  void event.data.seats;
  // @ts-expect-error a consumer must keep its place
  void consumeEvents({ baseUrl: '', token: '', handle: () => undefined });
  if (event.type === 'io.seat-ledger.seats-reduced.v1') return event.data.creditBalance.currency;
  return verifyWebhook('', {}, { secret: '' }).type;
}
`;

/** Signs a message, verifies it, and looks at what an entry has; by whichever way the package came. */
const checkProgram = `
const event = contracts.publicEventExamples()[0];
const body = JSON.stringify(event);
const secret = 'whsec_' + Buffer.from('a secret').toString('base64');
const headers = {
  'webhook-id': event.id,
  'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
  'webhook-signature': new standardwebhooks.Webhook(secret).sign(event.id, new Date(), body),
};
if (webhooks.verifyWebhook(body, headers, { secret }).id !== event.id) throw new Error('another event');
const functions = [contracts.LedgerClient, consumer.consumeEvents, eventStore.consumeLog, eventStore.consumeGroup];
console.log(functions.map((each) => typeof each).join());
`;
const names = { contracts: '', webhooks: '/webhooks', consumer: '/consumer', eventStore: '/event-store' };
const specifiers = [
  ...Object.entries(names).map(([name, entry]) => [name, `@seat-ledger/contracts${entry}`] as const),
  ['standardwebhooks', 'standardwebhooks'] as const,
];

/** The programs of the README, by the name in their first line. */
const readme = new Map(
  [...readFileSync(join(root, 'libs/contracts/README.md'), 'utf8').matchAll(/^```[tj]s\n\/\/ (\S+)\n(.*?)^```/gms)].map(
    ([, name = '', program = '']) => [name, program],
  ),
);

describe('the package, in a folder outside the repository', () => {
  const folder = temporaryFolder();
  let project: FreshProject;
  let tarball: string;
  let compilerSaid: string;

  let eventStore: EventStoreProcess | undefined;
  let ledger: LedgerProcess | undefined;
  let env: Record<string, string>;

  beforeAll(() => Promise.all([installPackage(), startLedger()]), 120_000);
  afterAll(async () => {
    await ledger?.stop();
    await eventStore?.stop();
    folder.remove();
  });

  async function installPackage(): Promise<void> {
    const { stdout } = await run(process.execPath, [join(root, 'scripts/package.mjs'), '--into', folder.path]);
    tarball = stdout.trim();
    project = FreshProject.begin(join(folder.path, 'fresh'), ['@eventstore/db-client', '@types/node']);
    await project.install(tarball, ['standardwebhooks', 'eventsource-parser']);
    for (const [name, program] of readme) project.write(name, program);
    project.write('types.ts', typesProgram);
    project.write('types.cts', typesProgram);
    project.write('tsconfig.json', config);
    compilerSaid = await project.compile('-p', '.');
  }

  async function startLedger(): Promise<void> {
    eventStore = await EventStoreProcess.start(join(folder.path, 'event-store'));
    const { connectionString } = eventStore;
    ledger = await LedgerProcess.start(join(folder.path, 'ledger'), { EVENTSTORE_CONNECTION_STRING: connectionString });
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await ledger.put('/v1/plans/team', { name: 'Team', prices });
    const token = await ledger.token({ role: 'admin' });
    env = { LEDGER_URL: ledger.url, LEDGER_TOKEN: token, EVENTSTORE: connectionString };
  }

  it('has nothing of the service in it, no test, and no place of the machine that made it', async () => {
    const { stdout: list } = await run('tar', ['-tzf', tarball]);
    const files = list.trim().split('\n');
    expect(files).toEqual(expect.arrayContaining(['package/README.md', 'package/LICENSE', 'package/package.json']));
    expect(files.filter((file) => /spec|\.map$|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    const { stdout: content } = await run('tar', ['-xzOf', tarball], { maxBuffer: 2 ** 26 });
    expect(content).toContain('LedgerClient');
    const foreign = ['@nestjs', 'reflect-metadata', 'class-validator', root];
    expect(foreign.filter((word) => content.includes(word))).toEqual([]);
    expect(readFileSync(join(root, 'libs/contracts/LICENSE'))).toEqual(readFileSync(join(root, 'LICENSE')));
  });

  it('is loaded by import and by require', async () => {
    const imports = specifiers.map(([name, from]) => `import * as ${name} from '${from}';\n`).join('');
    const requires = specifiers.map(([name, from]) => `const ${name} = require('${from}');\n`).join('');
    project.write('check.mjs', imports + checkProgram);
    project.write('check.cjs', requires + checkProgram);
    for (const program of ['check.mjs', 'check.cjs']) {
      expect([program, await project.node(program)]).toEqual([program, 'function,function,function,function']);
    }
  });

  it('knows its types, as an ES module and as CommonJS, and its README compiles', () => {
    expect(compilerSaid).toBe('');
  });

  it('does what its README says', async () => {
    const PORT = String(await freePort());
    const { body: webhook } = await ledger!.post('/v1/webhooks', { url: `http://127.0.0.1:${PORT}` });
    const receiver = project.start('receive.js', { PORT, WEBHOOK_SECRET: String(webhook['secret']) });
    await receiver.said('it listens', (lines) => lines.includes('listening'));
    const follower = project.start('follow-log.js', env);
    const sharer = project.start('share-log.js', env);
    const listener = project.start('follow-events.js', env);
    try {
      const bought = await project.node('buy-seats.js', env);
      expect(bought).toMatch(/^from 60 to 48 seats, credit \d+ USD\nnext invoice on .*\nacme\.example has 48 seats$/);
      expect(await project.node('list-seats.cjs', env)).toBe('acme.example has 48 seats');

      const licenseId = (await ledger!.all<{ licenseId: string }>('/v1/licenses'))[0]?.licenseId ?? '';
      const told = ['license-registered', 'invoice-issued', 'seats-reduced'].map(
        (name, index) => `io.seat-ledger.${name}.v1 ${licenseId} ${String(index + 1).padStart(10, '0')}`,
      );
      const toldAll = (lines: readonly string[]) => told.every((line) => lines.includes(line));
      for (const program of [receiver, follower, sharer, listener]) await program.said('all is told', toldAll);
      expect([follower.lines, listener.lines]).toEqual([told, told]);

      expect([await follower.stop(), await listener.stop()]).toEqual([0, 0]);
      await ledger!.post(`/v1/licenses/${licenseId}/seat-changes`, { seats: 50 });
      for (const program of ['follow-log.js', 'follow-events.js']) {
        const again = project.start(program, env);
        await again.said('it goes on', (lines) => lines.length > 0);
        expect(await again.stop()).toBe(0);
        expect(again.lines).toEqual([`io.seat-ledger.seats-increased.v1 ${licenseId} 0000000004`]);
      }
      expect(await sharer.stop()).toBe(0);
    } finally {
      await Promise.all([receiver, follower, sharer, listener].map((program) => program.stop()));
    }
  }, 60_000);
});
