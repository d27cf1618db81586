import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { buttonsOf, press } from '../buttons.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { quietPort } from '../process.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import {
  formOf,
  inBothModes,
  modes,
  openForm,
  publicChannel,
  startWorld,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

const path = '/privacy/last-seen';
const cantWrite =
  "The bot can't write its journal right now, so it did not take this. Nothing was changed by it.";
const cantRead = "The bot can't read its journal right now. Nothing was changed.";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server[Symbol.asyncDispose]());

function statusOfReady(world: World): Promise<number> {
  return fetch(world.readyUrl).then(({ status }) => status);
}

async function readyAgain(world: World): Promise<void> {
  const untilMs = Date.now() + 20_000;
  while ((await statusOfReady(world)) !== 200) {
    if (Date.now() > untilMs) throw new Error('the bot is not ready again');
  }
}

/** Stands before two bots in HTTP mode: each request goes to both; the answer of the first one is Slack's. */
async function startFork(ports: readonly [number, number]) {
  const fork = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const [answer] = await Promise.all(ports.map((port) => passOn(incoming, body, port)));
    outgoing.writeHead(answer?.status ?? 502, { 'content-type': answer?.type ?? 'text/plain' });
    outgoing.end(answer?.text);
  });
  const port = await quietPort();
  fork.listen(port, '127.0.0.1');
  await once(fork, 'listening');
  return {
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
    async [Symbol.asyncDispose]() {
      fork.close();
      fork.closeAllConnections();
      await once(fork, 'close');
    },
  };
}

async function passOn({ url, headers }: IncomingMessage, body: Buffer, port: number) {
  const kept = Object.entries(headers).filter(
    ([name]) => name.startsWith('x-slack-') || name === 'content-type',
  );
  const response = await fetch(`http://127.0.0.1:${port}${url}`, {
    method: 'POST',
    headers: Object.fromEntries(kept) as Record<string, string>,
    body: new Uint8Array(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? 'text/plain',
    text: await response.text(),
  };
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('two bots on one database', () => {
  test('make and tell changes of both in the order recorded, one at a time', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, env: { DATABASE_URL: await server.createDatabase() } });
      const port = await quietPort();
      await world.startAnother({ PORT: String(port), HEALTH_PORT: String(await quietPort()) });
      const urls = [world.requestUrl, `http://127.0.0.1:${port}/slack/events`];
      world.zapi.inject({ kind: 'slow', path, delayMs: 300 });
      let mostAtOnce = 0;
      world.zapi.onChange(() => {
        const underWay = world.changes().filter(({ status }) => status === undefined).length;
        mostAtOnce = Math.max(mostAtOnce, underWay);
      });
      const people = [world.ana, world.bruno, world.carla];
      const options = ['Nobody', 'Everyone', 'My contacts'];
      const saved: Promise<void>[] = [];
      for (const [index, option] of options.entries()) {
        // In Socket Mode Slack takes its sockets in turn.
        if (mode === 'http') world.slack.setDelivery({ mode, requestUrl: urls[index % 2] ?? '' });
        const person = people[index];
        if (!person) throw new Error('nobody');
        const form = await openForm(world, { person });
        await form.choose(option);
        saved.push(form.save());
        await world.accepted(index + 1);
      }
      await Promise.all(saved);
      await toldNext(world, 2, publicChannel, 20_000);
      await world.stopped();
      expect(toldIn(world, publicChannel).map(({ text }) => text.split(' to ').at(-1))).toEqual(
        options.map((option) => `${option}.`),
      );
      expect(world.changes().map(({ body }) => body)).toEqual(
        ['NONE', 'ALL', 'CONTACTS'].map((visualizationType) => ({ visualizationType })),
      );
      expect(mostAtOnce).toBe(1);
    }));

  test('make one change of a submission, and of an Undo, that is delivered to both', async () => {
    await using world = await startWorld({
      mode: 'http',
      env: { DATABASE_URL: await server.createDatabase() },
    });
    const port = await quietPort();
    await world.startAnother({ PORT: String(port), HEALTH_PORT: String(await quietPort()) });
    await saveAndTell(world, { option: 'Nobody' });
    const form = await openForm(world);
    await form.choose('Everyone');
    await using fork = await startFork([Number(new URL(world.requestUrl).port), port]);
    world.slack.setDelivery({ mode: 'http', requestUrl: fork.requestUrl });
    world.zapi.inject({ kind: 'slow', path, delayMs: 300 });
    await form.save();
    expect(form.isOpen()).toBe(false);
    await press(world.bruno, await toldNext(world, 1, publicChannel, 20_000), 'Undo');
    await toldNext(world, 2, publicChannel, 20_000);
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(3);
    expect(world.changes()).toHaveLength(3);
    expect(world.account.lastSeen).toBe('NONE');
    expect(whispered(world, world.bruno)).toEqual([]);
  });

  test('show in their forms what the other one set', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, env: { DATABASE_URL: await server.createDatabase() } });
      const port = await quietPort();
      await saveAndTell(world, { option: 'Nobody' });
      await world.startAnother({ PORT: String(port), HEALTH_PORT: String(await quietPort()) });
      await world.bot.stop();
      if (mode === 'http')
        world.slack.setDelivery({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
      expect((await openForm(world)).chosen()).toBe('Nobody');
    }));
});

describe.each(modes)('a database, in %s mode,', (mode) => {
  test('that is stopped takes no changes and shows none, the bot says so everywhere, and it passes by itself', async () => {
    await using world = await startWorld({ mode, env: { DATABASE_URL: await server.createDatabase() } });
    await saveAndTell(world, { option: 'Nobody' });
    const { message } = await saveAndTell(world, { option: 'My contacts' });
    world.zapi.inject({ kind: 'success-false', path, times: 1 });
    const failed = await saveAndTell(world, { option: 'Everyone' });
    expect([buttonsOf(message), buttonsOf(failed.message)]).toEqual([['Undo'], ['Try again']]);
    await server.stop();

    const asked = world.changes().length;
    const form = await saveChange(world, { option: 'Everyone' });
    expect(form.error('Who can see last seen')).toContain(cantWrite);
    expect(await statusOfReady(world)).toBe(503);
    for (const [index, words] of ['status', 'history', 'history 1m86x8vxwkwq'].entries()) {
      await world.bruno.types(publicChannel, `/lastseen ${words}`);
      const said = await world.slack.until(() => whispered(world, world.bruno)[index], words, 10_000);
      expect(said).toContain(cantRead);
    }
    await press(world.carla, message, 'Undo');
    expect(await world.slack.until(() => whispered(world, world.carla)[0], 'an answer', 10_000)).toContain(
      cantWrite,
    );
    await press(world.carla, failed.message, 'Try again');
    await world.slack.until(() => world.carla.modal(), 'the form', 10_000);
    await formOf(world, world.carla).says(cantRead);
    expect(world.changes()).toHaveLength(asked);

    await server.start();
    await readyAgain(world);
    await form.save();
    expect(form.isOpen()).toBe(false);
    await toldNext(world, 3, publicChannel, 20_000);
    expect(world.account.lastSeen).toBe('ALL');
  });

  test('that does not answer keeps nobody waiting for longer than Slack does', async () => {
    await using world = await startWorld({ mode, env: { DATABASE_URL: await server.createDatabase() } });
    await saveAndTell(world, { option: 'Nobody' });
    server.pause();
    try {
      const form = await openForm(world);
      expect(form.chosen()).toBe('Nobody');
      await form.choose('Everyone');
      await form.save();
      expect(form.open().notice).toBeUndefined();
      expect(form.error('Who can see last seen')).toContain("The bot can't write its journal right now");
    } finally {
      server.resume();
    }
    await readyAgain(world);
    expect(world.account.lastSeen).toBe('NONE');
  });
});
