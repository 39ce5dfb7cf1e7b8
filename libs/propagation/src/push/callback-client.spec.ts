import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CallbackClient } from './callback-client.js';
import { isPrivateAddress } from './private-network.js';

describe('CallbackClient', () => {
  const limits = { timeoutMs: 300, answerMaxBytes: 1_000, allowPrivate: true };
  let server: Server;
  let client: CallbackClient;
  let answer: RequestListener;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    client = new CallbackClient(limits);
  });
  afterAll(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });

  it('posts JSON and gives the answer', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      seen.push(request.method, request.url, request.headers['content-type'], request.headers['webhook-id']);
      request.pipe(response.writeHead(201));
    };
    expect(await client.post(url, '{"é":1}', { 'webhook-id': 'm1' })).toMatchObject({ status: 201, body: '{"é":1}' });
    expect(seen).toEqual(['POST', '/hook', 'application/json', 'm1']);
  });

  it('follows no redirect', async () => {
    let calls = 0;
    answer = (_, response) => {
      calls++;
      response.writeHead(307, { location: url }).end();
    };
    expect(await client.post(url, '{}', {})).toMatchObject({ status: 307, body: '' });
    expect(calls).toBe(1);
  });

  it('does not wait for ever, neither for the answer nor for its end', async () => {
    answer = () => undefined;
    await expect(client.post(url, '{}', {})).rejects.toThrow('no answer within 300 ms');
    answer = (_, response) => void response.writeHead(200).write('{');
    await expect(client.post(url, '{}', {})).rejects.toThrow('no answer within 300 ms');
  });

  it('calls anew where a connection that was kept has been closed meanwhile', async () => {
    const used = new WeakSet<Socket>();
    const bodies: string[] = [];
    answer = (request, response) => {
      // As a server does whose time for an idle connection is over just when the next request is on its way.
      if (used.has(request.socket)) return request.socket.destroy();
      used.add(request.socket);
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      return request.on('end', () => response.end());
    };
    for (const body of ['1', '2', '3'])
      expect(await client.post(url, body, {})).toMatchObject({ status: 200, body: '' });
    expect(bodies).toEqual(['1', '2', '3']);
    answer = (request) => request.socket.destroy();
    await expect(client.post(url, '4', {})).rejects.toThrow('socket hang up');
  });

  it('does not read for ever', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(400)), 1);
      response.on('close', () => clearInterval(flood));
    };
    await expect(client.post(url, '{}', {})).rejects.toThrow('longer than 1000 bytes');
  });

  it('says why it could not call', async () => {
    await expect(client.post('http://127.0.0.1:1/', '{}', {})).rejects.toThrow('ECONNREFUSED');
    await expect(client.post('ftp://acme.example/', '{}', {})).rejects.toThrow('ftp: is not called');
  });

  it('stays out of private networks when told so, also where a name leads there', async () => {
    const careful = new CallbackClient({ ...limits, allowPrivate: false });
    answer = () => {
      throw new Error('called');
    };
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433']) {
      await expect(careful.post(`http://${host}:${port}/`, '{}', {})).rejects.toThrow('inside a private network');
    }
    careful.close();
  });

  it.each([
    ['10.1.2.3', true],
    ['169.254.169.254', true],
    ['172.31.0.1', true],
    ['::ffff:127.0.0.1', true],
    ['fd00::1', true],
    ['172.32.0.1', false],
    ['8.8.8.8', false],
    ['2606:4700::1111', false],
  ])('takes %s for private: %s', (address, expected) => {
    expect(isPrivateAddress(address)).toBe(expected);
  });
});
