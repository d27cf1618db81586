import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { openForm, publicChannel, startWorld, toldIn, type World } from '../world.ts';

/** Hands on what Slack sends, and cuts both connections as soon as `isTime`: from then on nobody waits for an answer. */
async function hangUpWhen(world: World, isTime: () => Promise<unknown>): Promise<AsyncDisposable> {
  const server = createServer(async (incoming, response) => {
    const { method, headers } = incoming;
    const outgoing = request(world.requestUrl, { method, headers, agent: false });
    outgoing.on('error', () => undefined);
    incoming.pipe(outgoing);
    await isTime();
    outgoing.destroy();
    response.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  world.slack.setDelivery({ mode: 'http', requestUrl: `http://127.0.0.1:${port}/slack/events` });
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Nothing of it is a fault of the bot's. */
const faultsIn = ({ logs }: World) => logs.filter((line) => line.includes('unexpected error'));

test('a Save that Slack hung up on ends in the form all the same', async () => {
  await using world = await startWorld({ mode: 'http' });
  const form = await openForm(world);
  await form.choose('Nobody');
  world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs: 500 });
  await using _proxy = await hangUpWhen(world, () =>
    world.zapi.until(() => world.changes().length === 1, 'the change under way'),
  );
  await form.save();
  expect(form.open().notice).toBeDefined();
  await form.says('*Saved.*');
  await world.stopped();
  expect(toldIn(world, publicChannel)).toHaveLength(1);
  expect(faultsIn(world)).toEqual([]);
});

test('what is wrong with a Save that Slack hung up on is said in the form, which keeps what was typed', async () => {
  await using world = await startWorld({ mode: 'http' });
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from');
  await form.write('Hide from', 'abc');
  world.slack.inject({ kind: 'slow', method: 'users.info', delayMs: 400 });
  const before = callsOf(world, 'users.info');
  await using _proxy = await hangUpWhen(world, () =>
    world.slack.until(() => callsOf(world, 'users.info') > before, 'who saves is looked up', 5_000),
  );
  await form.save();
  await form.says('abc');
  expect(form.open().notice).toBeDefined();
  expect(world.changes()).toEqual([]);
  await world.logged('submission not acknowledged');
  expect(faultsIn(world)).toEqual([]);
});

function callsOf({ slack }: World, method: string): number {
  return slack.calls.filter((call) => call.method === method).length;
}
