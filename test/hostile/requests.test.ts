import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../until.ts';
import { publicChannel, startWorld, toldIn, type World } from '../world.ts';
import { commandBody, postSigned } from './signed-request.ts';
import { writtenChanges } from './written-changes.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ mode: 'http' });
});
afterAll(() => world.close());

const statusOf = async (
  ...sent: Parameters<typeof postSigned> extends [unknown, ...infer Rest] ? Rest : never
) => (await postSigned(world, ...sent)).status;

describe('a request that is signed, but is not as Slack sends it', () => {
  const interaction = (payload: unknown) =>
    new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const user = { id: 'U0ANA' };
  const action = { action_id: 'undo-change', value: 'last-seen 0d2fh7k3m000', action_ts: '1' };
  const press = {
    type: 'block_actions',
    user,
    container: {},
    channel: { id: publicChannel },
    actions: [action],
  };

  /** At once; nothing is changed by it, and the bot goes on. */
  async function expectAnswer(status: number, body: string): Promise<void> {
    const begunAtMs = performance.now();
    expect(await statusOf(body)).toBe(status);
    expect(performance.now() - begunAtMs).toBeLessThan(2_500);
    expect((await fetch(world.readyUrl)).status).toBe(200);
    expect(writtenChanges(world)).toEqual([]);
  }

  // 200, as for whatever Slack may come to send beside what the bot listens for.
  test.each<[string, () => string]>([
    ['no fields', () => ''],
    ['a payload that is a list', () => interaction([press])],
  ])('is answered with nothing where nobody listens for it: %s', (_, body) => expectAnswer(200, body()));

  // 400: it is no JSON, or not what it says it is.
  test.each<[string, () => string]>([
    ['the user twice', () => `${commandBody(world)}&user_id=U0BRUNO`],
    ['a user that is no id', () => commandBody(world, { user_id: '<@U0ANA>' })],
    ['no user', () => commandBody(world).replace(/&user_id=\w+/, '')],
    ['a team by the name of what every object has', () => commandBody(world, { team_id: '__proto__' })],
    ['a payload twice', () => `${interaction(press)}&${interaction(press)}`],
    ['a payload that is a text', () => interaction('press')],
    ['a press of nothing', () => interaction({ ...press, actions: [] })],
    ['a press without actions', () => interaction({ ...press, actions: undefined })],
    ['a press by nobody', () => interaction({ ...press, user: null })],
    [
      'a press of a value that is a list',
      () => interaction({ ...press, actions: [{ ...action, value: ['x'] }] }),
    ],
    ['a submission without a view', () => interaction({ type: 'view_submission', user })],
    ['a submission of a view that is a list', () => interaction({ type: 'view_submission', user, view: [] })],
    ['a search by a number', () => interaction({ type: 'block_suggestion', user: 7, action_id: 'contacts' })],
  ])('is refused: %s', (_, body) => expectAnswer(400, body()));
});

describe('a request that can not be read', () => {
  test.each<[string, number, () => Parameters<typeof statusOf>]>([
    ['is no form', 415, () => ['}{', { contentType: 'application/json' }]],
    ['is JSON that ends too soon', 400, () => ['payload=%7B%22type%22%3A%22block_actions%22']],
    ['has percent signs that mean nothing', 400, () => ['payload=%ZZ%&%=%E0%A4%A']],
    [
      'is bytes that are no text, which nobody listens for',
      200,
      () => [Buffer.from([0x70, 0x61, 0xff, 0xfe, 0x00, 0x80])],
    ],
    [
      'is larger than any of Slack',
      413,
      // Just so much that it is known; whoever sends more is hung up on, and may not come to read the answer.
      () => [Buffer.alloc(1_000_001, 'a'), { claimedBytes: 100_000_000 }],
    ],
    ['has a signature that is none', 401, () => [commandBody(world), { signature: 'v0' }]],
    ['has a signature of another kind', 401, () => [commandBody(world), { signature: 'v1=00' }]],
    ['was signed six minutes ago', 401, () => [commandBody(world), { aheadSeconds: -360 }]],
    ['was signed six minutes from now', 401, () => [commandBody(world), { aheadSeconds: 360 }]],
  ])('which %s, is answered %i', async (_, status, sent) => {
    expect(await statusOf(...sent())).toBe(status);
    expect(writtenChanges(world)).toEqual([]);
  });

  test('and does not end, is hung up on after little of it', async () => {
    const { hostname, port } = new URL(world.requestUrl);
    const socket = createConnection(Number(port), hostname).on('error', () => undefined);
    const head = [
      'POST /slack/events HTTP/1.1',
      'host: x',
      'content-type: application/x-www-form-urlencoded',
      'content-length: 1000000000000',
    ];
    const chunk = Buffer.alloc(100_000, 'a');
    const writeOn = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.on('drain', writeOn);
    writeOn();
    await until(() => socket.destroyed, 'hung up on');
    expect(socket.bytesWritten).toBeLessThan(50_000_000);
    expect((await fetch(world.readyUrl)).status).toBe(200);
  });

  test('asks whether the certificate is right, and nothing else, whatever stands beside it', async () => {
    const body = `ssl_check=1&${commandBody(world)}`;
    expect(await postSigned(world, body, { signature: 'none' })).toEqual({ status: 200, body: '' });
    expect(writtenChanges(world)).toEqual([]);
  });

  test('is cut off where it does not come to its end', async () => {
    const begunAtMs = performance.now();
    expect(await statusOf('payload=', { claimedBytes: 1_000 })).toBe(408);
    expect(performance.now() - begunAtMs).toBeLessThan(25_000);
  }, 30_000);

  test('breaks nothing where whoever sends it hangs up', async () => {
    const { hostname, port } = new URL(world.requestUrl);
    const sockets: Socket[] = Array.from({ length: 20 }, () => createConnection(Number(port), hostname));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\npayload=');
      socket.once('connect', () => socket.destroy());
    }
    await until(() => sockets.every(({ destroyed }) => destroyed), 'all hung up');
    expect((await fetch(world.readyUrl)).status).toBe(200);
  });
});

describe('a request that comes again', () => {
  test('is one change, however often it comes', async () => {
    const body = commandBody(world, { trigger_id: 'again' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => statusOf(body)));
    expect(answers).toEqual([200, 200, 200, 200, 200]);
    await world.slack.until(() => toldIn(world, publicChannel)[0], 'the change told');
    expect(await statusOf(body)).toBe(200);
    await world.stopped();
    expect(writtenChanges(world)).toHaveLength(1);
    expect(world.changes()).toHaveLength(1);
  });
});
