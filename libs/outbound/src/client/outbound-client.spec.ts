import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { reachOf } from '../address/reach.js';
import { OutboundClient } from './outbound-client.js';

type Resolver = NonNullable<ConstructorParameters<typeof OutboundClient>[0]['resolve']>;

describe('OutboundClient', () => {
  const limits = { timeoutMs: 300, answerMaxBytes: 1_000, reach: () => true };
  let server: Server;
  let client: OutboundClient;
  let answer: RequestListener;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    client = new OutboundClient(limits);
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

  it('cuts a long answer where the rest is of no consequence', async () => {
    const content = new OutboundClient({ ...limits, longAnswer: 'is cut' });
    answer = (_, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(400)), 1);
      response.on('close', () => clearInterval(flood));
    };
    const { status, body } = await content.post(url, '{}', {});
    expect([status, body]).toEqual([200, 'x'.repeat(1_000)]);
    content.close();
  });

  it('gives no credentials to anybody', async () => {
    await expect(client.post(url.replace('//', '//user:secret@'), '{}', {})).rejects.toThrow(
      'a URL with credentials is not called',
    );
  });

  describe('in production', () => {
    const careful = (more: Partial<ConstructorParameters<typeof OutboundClient>[0]> = {}) =>
      new OutboundClient({ ...limits, reach: reachOf({ production: true, outboundNetworks: [] }), ...more });
    const answersOf =
      (...answers: string[]): Resolver =>
      (_hostname, _options, callback) => {
        asked++;
        callback(null, [{ address: answers.shift() ?? 'none', family: 4 }]);
      };
    let asked = 0;
    beforeEach(() => {
      asked = 0;
    });

    it.each([
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '0x7f.1',
      '0177.0.0.1',
      '2130706433',
      '127.1',
      '①②⑦.⓪.⓪.①',
      '0',
      '169.254.169.254',
      '0xa9fea9fe',
    ])('does not call %s', async (host) => {
      let calls = 0;
      answer = (_, response) => {
        calls++;
        response.end();
      };
      const one = careful();
      const { port } = new URL(url);
      await expect(one.post(`http://${host}:${port}/`, '{}', {})).rejects.toThrow('is not on the public internet');
      expect(calls).toBe(0);
      one.close();
    });

    it('does not call a name with one address inside among others outside', async () => {
      const one = careful({
        resolve: (_hostname, _options, callback) => {
          const addresses: LookupAddress[] = [
            { address: '8.8.8.8', family: 4 },
            { address: '127.0.0.1', family: 4 },
          ];
          callback(null, addresses);
        },
      });
      await expect(one.post('http://two.example/', '{}', {})).rejects.toThrow('is not on the public internet');
    });

    it('connects to the address that was checked, however the name changes', async () => {
      answer = (request, response) => response.setHeader('connection', 'close').end(request.socket.localAddress);
      // The second answer is where a rebinding name would lead to: it must not be asked for by the first connection.
      const one = careful({
        reach: (address) => address === '127.0.0.1',
        resolve: answersOf('127.0.0.1', '127.0.0.2', '127.0.0.2'),
      });
      const rebinding = url.replace('127.0.0.1', 'rebinding.example');
      expect(await one.post(rebinding, '{}', {})).toMatchObject({ status: 200, body: '127.0.0.1' });
      expect(asked).toBe(1);
      await expect(one.post(rebinding, '{}', {})).rejects.toThrow('is not on the public internet');
      expect(asked).toBe(2);
      one.close();
    });

    it('does not say where a name leads', async () => {
      const one = careful({ resolve: answersOf('10.11.12.13') });
      const refusal = await one.post('http://db.example/', '{}', {}).catch((error: Error) => error.message);
      expect(refusal).toBe('db.example is not on the public internet, and is not called');
    });
  });
});
