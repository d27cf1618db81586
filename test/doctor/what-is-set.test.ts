import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { type Config, readConfig } from '../../src/config.ts';
import { checkDataFolder } from '../../src/doctor/data-folder.ts';
import { checkPorts } from '../../src/doctor/ports.ts';
import { checkWhoMay } from '../../src/doctor/who-may.ts';

function configWith(variables: Record<string, string>): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    ZAPI_INSTANCE_ID: 'I',
    ZAPI_INSTANCE_TOKEN: 'T',
    ZAPI_CLIENT_TOKEN: 'C',
    ...variables,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

test.each<[Record<string, string>, string]>([
  [{}, 'Every full member of the workspace may change the number.'],
  [{ ALLOWED_USERS: 'U0ANA' }, 'Only 1 person named in the variables may change the number.'],
  [
    { ALLOWED_USERS: 'U0ANA,U0BRUNO', ALLOWED_USERGROUPS: 'S0OPS', ALLOWED_CHANNELS: 'C0OPS' },
    'Only 2 people and 1 user group named in the variables may change the number, in 1 channel.',
  ],
])('of %j the doctor says who may', async (variables, says) => {
  expect(await checkWhoMay(configWith(variables))).toMatchObject([{ name: 'who-may', status: 'ok', says }]);
});

test('a bot that runs and takes no changes is to be looked at', async () => {
  const server = createServer(({ url }, response) => {
    const isWell = url === '/healthz';
    response.writeHead(isWell ? 200 : 503).end(JSON.stringify({ ok: isWell }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const found = await checkPorts(configWith({ HEALTH_PORT: String(port) }));
  server.close();
  server.closeAllConnections();
  expect(found).toMatchObject([
    { name: 'health-port', status: 'to-do', says: expect.stringContaining('takes no changes now') },
  ]);
});

/** Ports that `fetch` and browsers keep away from (https://fetch.spec.whatwg.org/#port-blocking). */
const unusualPorts = [6566, 6697, 10080, 6669, 6668, 6667];

test('the running bot is found on whatever port it has', async () => {
  const server = createServer((_request, response) => void response.end('{"ok":true}'));
  for (const port of unusualPorts) {
    server.listen(port, '127.0.0.1');
    const isListening = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isListening) break;
  }
  const { port } = server.address() as AddressInfo;
  const found = await checkPorts(configWith({ HEALTH_PORT: String(port) }));
  server.close();
  server.closeAllConnections();
  expect(found).toMatchObject([
    { status: 'ok', says: `The bot answers on port ${port}, and is ready for changes.` },
  ]);
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a data folder where none can be made is to be changed', async () => {
  expect(await checkDataFolder({ kind: 'sqlite', dataDir: '/proc/lastseen' })).toMatchObject([
    { status: 'to-do', says: expect.stringContaining("can't be made in /proc") },
  ]);
});
