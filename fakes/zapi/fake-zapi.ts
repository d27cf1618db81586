import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './answer.ts';
import { createChanges } from './changes.ts';
import { createFaults } from './faults.ts';
import { readIncoming } from './incoming.ts';
import { judge } from './judge.ts';
import { createRedaction, createRequestLog } from './request-log.ts';
import type { FakeZapi, FakeZapiOptions } from './types.ts';

/**
 * Starts a working stand-in for Z-API on loopback. It keeps the accounts as they stand, refuses what Z-API refuses, and
 * fails in the ways that are switched on. What it does and does not cover is in coverage.ts.
 */
export async function startFakeZapi(givenOptions: FakeZapiOptions): Promise<FakeZapi> {
  // Copies: two fakes, or two instances, of one seed are two accounts.
  const instances = givenOptions.instances.map((seed) => structuredClone(seed));
  const options = { ...structuredClone(givenOptions), instances };
  const whatsapp = { registered: [], notRegistered: [], lids: {}, ...options.whatsapp };
  const world = { ...options, whatsapp };
  const changes = createChanges();
  const faults = createFaults(changes.notify);
  const log = createRequestLog(createRedaction(options));
  let connectionCount = 0;
  let closing: Promise<void> | undefined;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await readIncoming(message);
    if (incoming === undefined) return;
    const entry = log.note(incoming);
    changes.notify();

    const verdict = judge(incoming, world);
    await answer({
      incoming,
      response,
      fault: faults.take(incoming.pathname, 'perform' in verdict),
      settle(fault) {
        const reply = 'perform' in verdict ? verdict.perform(fault) : verdict.refusal;
        changes.notify();
        return reply;
      },
      onAnswer(reply) {
        entry.answered(reply);
        changes.notify();
      },
    });
  }

  const server = createServer((message, response) => void serve(message, response));
  server.on('connection', () => {
    connectionCount += 1;
    changes.notify();
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    clientToken: options.clientToken,
    requests: log.requests,
    account(instanceId) {
      const instance = options.instances.find((known) => known.instanceId === instanceId);
      if (instance === undefined) throw new Error(`The fake Z-API has no instance ${instanceId}`);
      return instance.account;
    },
    whatsapp,
    inject: faults.inject,
    clearFaults: faults.clear,
    faults: faults.list,
    connectionsOpened: () => connectionCount,
    onChange: changes.onChange,
    until: changes.until,
    close() {
      closing ??= new Promise((resolve) => {
        changes.close();
        server.close(() => resolve());
        // Requests that hang would keep it open for ever.
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
