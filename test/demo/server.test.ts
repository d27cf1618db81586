import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DemoServer, startDemoServer } from '../../demo/server.ts';
import { startWorld } from '../../demo/start-world.ts';
import type { PageState } from '../../demo/state.ts';
import type { World } from '../../demo/world.ts';

const ANA = 'U0ANA00001';
const BRUNO = 'U0BRUNO001';
const DAVI = 'U0DAVI0001';
const OPS = 'C0WHATSOPS';
const PRIVATE = 'C0DIRETOR1';

let world: World;
let closeWorld: () => Promise<void>;
let server: DemoServer;
let kills: number;
let restarts: World['bot'][];
const bot = {
  kill: () => {
    kills += 1;
  },
  restart: () => {
    restarts.push({ ...world.bot });
  },
};

beforeEach(async () => {
  kills = 0;
  restarts = [];
  const started = await startWorld();
  world = started.world;
  closeWorld = started.close;
  server = await startDemoServer({ world, bot, port: 0 });
});

afterEach(async () => {
  await server.close();
  await closeWorld();
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** fetch sets Host by itself; this does not. */
function statusWithHost(host: string, path = '/'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${server.url}${path}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** The states of one person as the page gets them, until the test leaves off. */
async function* statesOf(personId: string): AsyncGenerator<PageState> {
  const leave = new AbortController();
  const response = await fetch(`${server.url}/events?as=${personId}`, { signal: leave.signal });
  let unread = '';
  try {
    for await (const chunk of response.body ?? []) {
      unread += Buffer.from(chunk).toString('utf8');
      const events = unread.split('\n\n');
      unread = events.pop() ?? '';
      for (const event of events) {
        if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length));
      }
    }
  } finally {
    leave.abort();
  }
}

async function stateWhere(personId: string, holds: (state: PageState) => boolean): Promise<PageState> {
  for await (const state of statesOf(personId)) {
    if (holds(state)) return state;
  }
  throw new Error('the stream ended');
}

const stateNow = (personId: string) => stateWhere(personId, () => true);

describe('who may use the server', () => {
  test('answers at localhost and 127.0.0.1, and at no other name', async () => {
    expect(await statusWithHost('localhost:4747')).toBe(200);
    expect(await statusWithHost('127.0.0.1')).toBe(200);
    for (const host of ['evil.example', 'localhost.evil.example', 'evil.example:4747', '127.0.0.1.nip.io']) {
      expect([host, await statusWithHost(host, '/events')]).toEqual([host, 403]);
    }
  });

  test('takes no action and gives no state to another origin', async () => {
    const action = { do: 'clear-faults' };
    expect((await post(action, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(action, { origin: 'null' })).status).toBe(403);
    expect((await post(action, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const events = await fetch(`${server.url}/events?as=${ANA}`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(events.status).toBe(403);
    expect(events.headers.get('access-control-allow-origin')).toBeNull();
    expect((await post(action, { origin: server.url })).status).toBe(204);
  });

  test('takes only JSON, which a form of another site can not send', async () => {
    expect((await post('{"do":"clear-faults"}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('refuses what is no action, and says so in a sentence', async () => {
    const wrong = [
      'not json',
      {},
      { do: 'nothing' },
      { do: 'type', as: 'U0NOBODY', channel: OPS, text: 'x' },
      { do: 'type', as: ANA, channel: OPS, text: '' },
      { do: 'set-fault', fault: 'no-such', on: true },
      { do: 'clear-faults', extra: 1 },
      { do: 'search', as: ANA, blockId: 'b', actionId: 'a', query: 'x'.repeat(300) },
      { do: 'set-locale', locale: 'de' },
    ];
    for (const body of wrong) {
      const response = await post(body);
      expect([body, response.status]).toEqual([body, 400]);
      expect(await response.text()).toMatch(/\.$/);
    }
    expect((await post({ do: 'type', as: ANA, channel: OPS, text: 'x'.repeat(100_000) })).status).toBe(413);
  });

  test('tells what the person could not do', async () => {
    expect((await post({ do: 'submit', as: ANA })).status).toBe(409);
    const search = { do: 'search', as: ANA, blockId: 'b', actionId: 'a', query: '' };
    expect((await post(search)).status).toBe(409);
    expect((await post({ do: 'type', as: BRUNO, channel: PRIVATE, text: 'hello' })).status).toBe(409);
  });
});

describe('the files', () => {
  test('serves the page and its libraries, under a policy that allows no script from elsewhere', async () => {
    const page = await fetch(server.url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    for (const path of [
      '/main.js',
      '/page.css',
      '/icon.svg',
      '/libraries/preact.js',
      '/libraries/htm-preact.js',
    ]) {
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 200]);
    }
  });

  test('serves nothing else, however it is asked for', async () => {
    const paths = [
      '/index.html',
      '/server.ts',
      '/../server.ts',
      '/%2e%2e/server.ts',
      '/..%2fserver.ts',
      '//etc/passwd',
    ];
    for (const path of paths) {
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 404]);
    }
  });

  test('refuses other methods', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${server.url}/actions`)).status).toBe(405);
  });
});

describe('the state', () => {
  test('shows a person only the channels they are in', async () => {
    const names = async (personId: string) => (await stateNow(personId)).channels.map(({ name }) => name);
    expect(await names(ANA)).toEqual(['whatsapp-ops', 'diretoria', 'Bruno Lima']);
    expect(await names(BRUNO)).toEqual(['whatsapp-ops', 'Ana Souza']);
    expect(await names(DAVI)).toEqual(['whatsapp-ops']);
  });

  test('tells who people are to the workspace', async () => {
    const { people } = await stateNow(ANA);
    expect(people.map(({ kind }) => kind)).toEqual(['member', 'member', 'member', 'guest', 'outsider']);
  });

  test('has both phones, and follows each', async () => {
    const [, support] = world.numbers;
    const changed = stateWhere(ANA, ({ numbers }) => numbers[1]?.account.lastSeen === 'NONE');
    world.zapi.account(support?.instanceId ?? '').lastSeen = 'NONE';
    await post({ do: 'type', as: ANA, channel: OPS, text: 'Hidden' });
    const { numbers } = await changed;
    expect(numbers.map(({ label, account }) => [label, account.lastSeen])).toEqual([
      ['Vendas', 'ALL'],
      ['Suporte', 'NONE'],
    ]);
  });

  test('arrives again after each change, without being asked for', async () => {
    const heard = stateWhere(BRUNO, ({ channels }) =>
      channels.some(({ messages }) => messages.some(({ text }) => text === 'Hello, all')),
    );
    await post({ do: 'type', as: ANA, channel: OPS, text: 'Hello, all' });
    const message = (await heard).channels[0]?.messages.at(-1);
    expect(message).toMatchObject({ text: 'Hello, all', author: { kind: 'person', name: 'Ana Souza' } });
  });

  test('escapes what people type, so that nobody can type a mention by its markup', async () => {
    await post({ do: 'type', as: ANA, channel: OPS, text: '<!channel> & <@U0BRUNO001>' });
    const { channels } = await stateNow(BRUNO);
    expect(channels[0]?.messages.at(-1)?.text).toBe('&lt;!channel&gt; &amp; &lt;@U0BRUNO001&gt;');
  });

  test('hides messages that are visible to somebody else only', async () => {
    // No bot is connected: Slack's own client says so to Ana, and to nobody else.
    await post({ do: 'type', as: ANA, channel: OPS, text: '/lastseen' });
    const last = async (personId: string) => (await stateNow(personId)).channels[0]?.messages.at(-1);
    expect(await last(ANA)).toMatchObject({ onlyVisibleToYou: true, author: { kind: 'slackbot' } });
    expect(await last(BRUNO)).toMatchObject({ onlyVisibleToYou: false, author: { kind: 'person' } });
  });

  test('holds no secret', async () => {
    await fetch(`${world.zapi.url}/instances/${world.numbers[0]?.instanceId}/token/some-token/status`, {
      headers: { 'client-token': world.zapi.clientToken },
    });
    const text = JSON.stringify(await stateNow(ANA));
    expect(text).toContain('/status');
    for (const secret of [
      'some-token',
      world.zapi.clientToken,
      world.slack.botToken,
      world.slack.appToken,
      world.slack.signingSecret,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test('knows nobody who is not in the workspace', async () => {
    expect((await fetch(`${server.url}/events?as=U0NOBODY`)).status).toBe(404);
  });
});

describe('faults', () => {
  const on = async () => (await stateNow(ANA)).faults.filter((fault) => fault.on).map(({ id }) => id);

  test('switches each one on, and off without touching the others', async () => {
    for (const { id } of world.faultSwitches) await post({ do: 'set-fault', fault: id, on: true });
    expect(await on()).toEqual(world.faultSwitches.map(({ id }) => id));
    for (const [index, { id }] of world.faultSwitches.entries()) {
      await post({ do: 'set-fault', fault: id, on: false });
      expect(await on()).toEqual(world.faultSwitches.slice(index + 1).map((left) => left.id));
    }
  });

  test('switching one on twice is switching it on once', async () => {
    await post({ do: 'set-fault', fault: 'zapi-slow', on: true });
    await post({ do: 'set-fault', fault: 'zapi-slow', on: true });
    expect(world.zapi.faults()).toHaveLength(1);
  });

  test('all off mends both sides and connects the phones', async () => {
    const connected = () => world.numbers.map(({ instanceId }) => world.zapi.account(instanceId).connected);
    for (const { id } of world.faultSwitches) await post({ do: 'set-fault', fault: id, on: true });
    expect(connected()).toEqual([false, false]);
    await post({ do: 'clear-faults' });
    expect(await on()).toEqual([]);
    expect(connected()).toEqual([true, true]);
  });
});

test('rejects with EADDRINUSE when the port is taken', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startDemoServer({ world, bot, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the page can kill the bot', async () => {
  expect((await post({ do: 'kill-bot' })).status).toBe(204);
  expect(kills).toBe(1);
});

describe('what the bot is started with', () => {
  test('another language starts it again, and brings the words of its manifest', async () => {
    expect((await post({ do: 'set-locale', locale: 'pt-BR' })).status).toBe(204);
    expect(restarts).toEqual([{ locale: 'pt-BR', takesFewChanges: false }]);
    const { locale, botName, commands } = await stateNow(ANA);
    expect([locale, botName]).toEqual(['pt-BR', 'Visto por último']);
    expect(commands[0]?.usageHint).toContain('ninguém');
    await post({ do: 'set-locale', locale: 'pt-BR' });
    expect(restarts).toHaveLength(1);
  });

  test('a limit of changes starts it again, and so does taking that away with all faults', async () => {
    await post({ do: 'take-few-changes', on: true });
    expect((await stateNow(ANA)).takesFewChanges).toBe(true);
    await post({ do: 'clear-faults' });
    await post({ do: 'clear-faults' });
    expect(restarts.map(({ takesFewChanges }) => takesFewChanges)).toEqual([true, false]);
  });
});
