import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiServer } from './api-server.ts';
import { createChanges } from './changes.ts';
import { createDelivery, type Deliver, type Envelope } from './delivery.ts';
import { createFaults } from './faults.ts';
import { createHttpDelivery } from './http-delivery.ts';
import { createIdentity } from './identity.ts';
import { createPayloads } from './payloads.ts';
import { createPerson } from './person.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSocketMode } from './socket-mode.ts';
import { createTriggers } from './triggers.ts';
import type { FakeSlack, FakeSlackOptions } from './types.ts';
import { createViews } from './views.ts';
import { createMethods } from './web-api.ts';
import { createWorkspace } from './workspace.ts';

const LOOPBACK = '127.0.0.1';

/** Starts a Slack on loopback. It promises what `coverage.ts` says. Close it when done. */
export async function startFakeSlack(options: FakeSlackOptions): Promise<FakeSlack> {
  const { now = Date.now, port = 0, delivery: initialDelivery = { mode: 'socket' } } = options;
  const identity = createIdentity();
  const changes = createChanges();
  const { announce } = changes;

  const server = createServer();
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const host = `${LOOPBACK}:${(server.address() as AddressInfo).port}`;

  const faults = createFaults(announce);
  const workspace = createWorkspace(options.workspace, { now, announce });
  const views = createViews({ now, announce });
  const triggers = createTriggers({ teamId: workspace.teamId, now });
  const payloads = createPayloads(identity, workspace);
  const responseUrls = createResponseUrls({ workspace, origin: () => `http://${host}`, now });
  const socketMode = createSocketMode({ appId: identity.appId, faults, announce });
  const http = createHttpDelivery(identity);
  const delivery = createDelivery(initialDelivery, { socketMode, http, faults });
  const newSocketUrl = () => `ws://${host}${socketMode.newPath()}`;
  const methods = createMethods({ identity, workspace, views, triggers, payloads, newSocketUrl });
  const { scopes } = workspace;
  const api = createApiServer({ identity, methods, scopes, responseUrls, faults, now, announce });

  server.on('request', (request, response) => {
    api.handle(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', socketMode.upgrade);

  const deliveries: Envelope[] = [];
  const deliver: Deliver = (envelope) => {
    deliveries.push(envelope);
    return delivery.deliver(envelope);
  };
  const client = { workspace, views, triggers, payloads, responseUrls, deliver, announce };

  return {
    apiUrl: `http://${host}/api/`,
    botToken: identity.botToken,
    appToken: identity.appToken,
    signingSecret: identity.signingSecret,
    botUserId: identity.botUserId,
    calls: api.calls,
    deliveries,
    users: workspace.users,
    userGroups: workspace.userGroups,
    channels: workspace.channels,
    person: (userId) => {
      const user = workspace.user(userId);
      if (!user) throw new Error(`nobody here is called ${userId}`);
      return createPerson({ user, ...client });
    },
    messages: workspace.messages,
    directMessages: (userId) => workspace.messages(workspace.directChannel(userId)?.id ?? ''),
    inject: faults.inject,
    clearFaults: faults.clear,
    faults: faults.list,
    connections: socketMode.connections,
    recycleSockets: socketMode.recycle,
    cutSockets: socketMode.cut,
    setDelivery: delivery.set,
    onDelivered: delivery.onDelivered,
    deliver: delivery.deliver,
    sendFrame: socketMode.sendFrame,
    onChange: changes.onChange,
    until: changes.until,
    revokeToken: api.revoke,
    close: async () => {
      changes.close();
      api.close();
      socketMode.close();
      http.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
