import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import type { Gateway } from '../../src/privacy/ports.ts';

export const credentials = {
  instanceId: '3C0FFEE',
  instanceToken: 'instance-secret',
  clientToken: 'client-secret',
};

export type Asked = { method: string; url: string; page: number; headers: IncomingHttpHeaders; body: string };

/** A text is sent as it is, anything else as JSON. Undefined: no answer, ever. */
export type Answer = { status?: number; body: unknown } | undefined;

/** The real gateway before a server that answers as the test says. Both stop when the test's `await using` ends. */
export async function startWithServer(answer: (asked: Asked) => Answer | Promise<Answer>): Promise<{
  gateway: Gateway;
  asked: Asked[];
  /** Requests that have no answer yet. */
  underWay(): number;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const asked: Asked[] = [];
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const page = Number(new URL(url, 'http://zapi').searchParams.get('page'));
    const one = { method, url, page, headers, body: Buffer.concat(chunks).toString() };
    asked.push(one);
    const reply = await answer(one);
    if (!reply) return;
    const { status = 200, body } = reply;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway = createZapiGateway({
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...credentials,
  });
  return {
    gateway,
    asked,
    underWay: () => underWay,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
