import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { json, lost, problemOf, ScriptedServer, type Answer } from '../spec-support/scripted-server.js';
import { LedgerClient, LedgerProblem, type LedgerClientOptions } from './index.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const path = { licenseId: '0637e301-e05d-505b-8267-486f5677de9b' };
const body = { seats: 48 };
const done = json(200, { from: 60, to: 48 }, { 'ledger-position': 'here', etag: '"7"' });

describe('the client', () => {
  let server: ScriptedServer;
  afterEach(() => server.close());

  const clientOf = async (answers: readonly Answer[], more: Partial<LedgerClientOptions> = {}) => {
    server = await ScriptedServer.start(...answers);
    return new LedgerClient({ baseUrl: `${server.url}/`, token: 'secret', ...more });
  };
  const change = (client: LedgerClient, more: { signal?: AbortSignal; idempotencyKey?: string } = {}) =>
    client.call('POST /v1/licenses/{licenseId}/seat-changes', { path, body, ...more });

  it('sends what an operation takes, and answers with what stands in its headers', async () => {
    const client = await clientOf([done]);
    const answer = await client.call('POST /v1/licenses/{licenseId}/seat-changes', {
      path: { licenseId: 'a/b' },
      body,
      idempotencyKey: 'order 7',
      ifMatch: '"6"',
    });
    expect(answer).toEqual({ status: 200, body: { from: 60, to: 48 }, position: 'here', etag: '"7"' });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/v1/licenses/a%2Fb/seat-changes',
      headers: { authorization: 'Bearer secret', 'idempotency-key': 'order 7', 'if-match': '"6"' },
      body: '{"seats":48}',
    });
  });

  it.each<[string, Answer]>([
    ['its answer was lost', lost],
    ['there was too much to do', problemOf(429, 'too-many-requests', { 'retry-after': '0' })],
    ['the store was away', problemOf(503, 'event-store-unavailable', { 'retry-after': '0' })],
    ['something between had no ledger', (response) => response.writeHead(502).end('<html>')],
  ])('sends a command again with the same key when %s', async (_, answer) => {
    expect((await change(await clientOf([answer, done]))).body).toMatchObject({ to: 48 });
    const [first, second] = server.requests;
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toBe(first?.body);
  });

  it('waits as long as it is asked to', async () => {
    await change(await clientOf([problemOf(503, 'event-store-unavailable', { 'retry-after': '1' }), done]));
    const [first, second] = server.requests;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(1_000);
  });

  it('gives up after its attempts, with the last refusal', async () => {
    const busy = problemOf(429, 'too-many-requests', { 'retry-after': '0' });
    const client = await clientOf([busy, busy, busy], { attemptsMax: 2 });
    await expect(change(client)).rejects.toMatchObject({ status: 429, code: 'too-many-requests', retryAfterMs: 0 });
    expect(server.requests).toHaveLength(2);
  });

  it('gives up after its attempts, with why nothing was answered', async () => {
    await expect(change(await clientOf([lost, lost], { attemptsMax: 2 }))).rejects.toThrow('fetch failed');
    expect(server.requests).toHaveLength(2);
  });

  it('does not ask again what was refused', async () => {
    const client = await clientOf([problemOf(409, 'staff-count-exceeded'), done]);
    const refused = await change(client).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LedgerProblem);
    expect(refused).toMatchObject({ code: 'staff-count-exceeded', isTemporary: false, message: /because/ });
    expect(server.requests).toHaveLength(1);
  });

  it('gives an attempt up that takes too long', async () => {
    const client = await clientOf([() => undefined, done], { timeoutMs: 400 });
    setTimeout(collectGarbage, 200);
    expect((await change(client)).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it('gives an attempt up whose answer stalls, though memory was collected since it began', async () => {
    const stalling: Answer = (response) => response.writeHead(200, { 'content-length': '9' }).write('{');
    const client = await clientOf([stalling, done], { timeoutMs: 400 });
    setTimeout(collectGarbage, 200);
    expect((await change(client)).body).toMatchObject({ to: 48 });
    expect(server.requests).toHaveLength(2);
  });

  it('stops when it is told to, also between two attempts', async () => {
    const stopping = new AbortController();
    const client = await clientOf([
      (response) => {
        response.once('close', () => stopping.abort(new Error('enough')));
        return problemOf(503, 'event-store-unavailable', { 'retry-after': '60' })(response);
      },
    ]);
    await expect(change(client, { signal: stopping.signal })).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(1);
  });

  it('asks for the token of each request, and reads a list to its end', async () => {
    let tokens = 0;
    const client = await clientOf(
      [
        json(200, { items: [{ planId: 'a' }], nextCursor: 'c&d' }),
        json(200, { items: [{ planId: 'b' }], nextCursor: null }),
      ],
      { token: async () => `token ${(tokens += 1)}` },
    );
    const plans: string[] = [];
    for await (const plan of client.items('GET /v1/plans', { query: { limit: 1 } })) plans.push(plan.planId);
    expect(plans).toEqual(['a', 'b']);
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/plans?limit=1', 'Bearer token 1'],
      ['/v1/plans?limit=1&cursor=c%26d', 'Bearer token 2'],
    ]);
  });

  it('needs every part of a path', async () => {
    const client = await clientOf([]);
    await expect(client.call('GET /v1/licenses/{licenseId}', { path: { licenseId: '' } })).rejects.toThrow(TypeError);
    expect(server.requests).toEqual([]);
  });
});
