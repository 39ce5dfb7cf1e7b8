import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { killHard, nextMessage, runFixture, untilGone } from './child-processes.js';

interface Started {
  pid: number;
  connectionString: string;
}

describe('EmbeddedReadModel', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-read-model-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  async function ask(connectionString: string, text: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query(text);
    await client.end();
    return rows as unknown[];
  }

  it('ends with its parent, keeps what was committed, and takes its parent down when it is killed', async () => {
    const killed = runFixture('read-model-owner.mjs', dataDir);
    const first = await nextMessage<Started>(killed);
    await ask(first.connectionString, 'CREATE TABLE kept AS SELECT 7 AS n');
    await killHard(killed);
    await untilGone(first.pid);

    const stopped = runFixture('read-model-owner.mjs', dataDir);
    const second = await nextMessage<Started>(stopped);
    expect(await ask(second.connectionString, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    stopped.kill('SIGINT');
    expect(await once(stopped, 'exit')).toEqual([0, null]);
    await untilGone(second.pid);

    const bereft = runFixture('read-model-owner.mjs', dataDir);
    const third = await nextMessage<Started>(bereft);
    expect(await ask(third.connectionString, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    process.kill(third.pid, 'SIGKILL');
    expect(await once(bereft, 'exit')).toEqual([1, null]);
  }, 60_000);
});
