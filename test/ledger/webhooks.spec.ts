import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerProcess, lastingPort, temporaryFolder } from '../support/ledger-process.js';
import { selfSigned } from '../support/self-signed.js';
import { seeded } from '../support/seeded.js';

/** WEBHOOK_TRIAL=whole: a hundred kills over fifty thousand events. */
const isWhole = process.env['WEBHOOK_TRIAL'] === 'whole';
const size = isWhole ? { kills: 100, events: 50_000 } : { kills: 6, events: 1_000 };
const licensesCount = 20;
/** Between two changes of a license, on average. */
const paceMs = 100;
const limitMs = isWhole ? 7_200_000 : 150_000;

describe(`events written while receiver and service are killed ${size.kills} times`, () => {
  const folder = temporaryFolder();
  const seenFile = join(folder.path, 'seen.txt');
  const random = seeded(7);
  let ledger: LedgerProcess;
  let receiver: ChildProcess;
  let receiverPort = 0;
  /** There are no more kills to come. */
  let isOver = false;
  let env: Record<string, string>;

  beforeAll(async () => {
    receiverPort = await lastingPort();
    env = { PORT: String(await lastingPort()), LEDGER_CALLBACK_TIMEOUT_MS: '1000' };
    ledger = await LedgerProcess.start(folder.path, env);
    receiver = await startReceiver();
  }, 60_000);
  afterAll(async () => {
    receiver.kill('SIGKILL');
    await ledger.stop();
    folder.remove();
  });

  async function startReceiver(): Promise<ChildProcess> {
    const program = join(import.meta.dirname, 'fixtures', 'webhook-receiver.mjs');
    const child = spawn(process.execPath, [program, String(receiverPort), seenFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.stdout) await once(child.stdout, 'data');
    return child;
  }

  async function killReceiver(): Promise<void> {
    const exited = once(receiver, 'exit');
    receiver.kill('SIGKILL');
    await exited;
    await sleep(random() * 1_000);
    receiver = await startReceiver();
  }

  async function killService(): Promise<void> {
    await ledger.killAll();
    ledger = await LedgerProcess.start(folder.path, env);
  }

  /**
   * One license's changes, one after the other, at least so many and until the last kill; what was not answered is
   * asked again with the same key.
   */
  async function changeSeats(license: string, countMin: number): Promise<void> {
    for (let turn = 0; turn < countMin || !isOver; turn++) {
      if (!isOver) await sleep(2 * random() * paceMs);
      for (;;) {
        const body = { seats: 61 + turn };
        const reply = await ledger
          .post(`${license}/seat-changes`, body, { key: `${license} ${turn}` })
          .catch(() => null);
        if (reply?.status === 201) break;
        if (reply !== null && reply.status < 500) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
        await sleep(100);
      }
    }
  }

  const seen = (): string[] => (existsSync(seenFile) ? readFileSync(seenFile, 'utf8').split('\n').slice(0, -1) : []);

  it('calls no endpoint whose certificate does not hold, and says so', async () => {
    const { certificate, key } = selfSigned('127.0.0.1');
    let calls = 0;
    const secure = createServer({ cert: certificate, key }, (_, response) => {
      calls++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
    const { body: webhook } = await ledger.post('/v1/webhooks', { url });
    const path = `/v1/webhooks/${String(webhook['webhookId'])}`;
    expect((await ledger.post(`${path}/test`)).body).toMatchObject({
      outcome: 'failed',
      status: null,
      reason: expect.stringMatching(/self-signed certificate/) as unknown,
    });
    expect(calls).toBe(0);
    expect((await ledger.ask('DELETE', path)).status).toBe(204);
    secure.close();
  });

  it(
    'brings each one at least once, each license’s in order',
    async () => {
      const registered = await ledger.post('/v1/webhooks', { url: `http://127.0.0.1:${receiverPort}/` });
      expect(registered.status).toBe(201);
      const licenses: string[] = [];
      for (let index = 0; index < licensesCount; index++)
        licenses.push(await ledger.register(`kills-${index}.example`));
      const writing = Promise.all(licenses.map((license) => changeSeats(license, size.events / licensesCount)));
      for (let kill = 0; kill < size.kills; kill++) {
        await sleep(200 + random() * 1_500);
        await (kill % 2 === 0 ? killReceiver() : killService());
      }
      isOver = true;
      await writing;
      const expected = new Map<string, number>();
      for (const license of licenses) {
        const { body } = await ledger.get<{ licenseId: string; revision: number }>(license);
        expected.set(body.licenseId, body.revision + 1);
      }
      const total = [...expected.values()].reduce((sum, count) => sum + count, 0);
      let received = seen();
      while (new Set(received).size < total) {
        await sleep(200);
        received = seen();
      }
      for (const [licenseId, count] of expected) {
        const sequences = received
          .filter((line) => line.startsWith(licenseId))
          .map((line) => Number(line.split(' ')[1]));
        expect([...new Set(sequences)]).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      }
      process.stdout.write(`${total} events, ${received.length - total} repeats after ${size.kills} kills\n`);
    },
    limitMs,
  );
});
