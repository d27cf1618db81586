import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import bolt from '@slack/bolt';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { EndedChange } from '../../src/privacy/journal-entry.ts';
import type { OwnNumberMemory } from '../../src/privacy/own-number.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { OwnNumber } from '../../src/privacy/ports.ts';
import { createAudit } from '../../src/slack/audit.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { createLogLines } from '../privacy/log-lines.ts';
import { someChange, someEnded } from '../privacy/some-changes.ts';
import { quietPort } from '../process.ts';
import { until } from '../until.ts';
import { someNumber } from './some-number.ts';

const { WebClient } = bolt.webApi;
const person = 'U0ANA';
const minuteMs = 60_000;
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** Answers the first call with 1, and so on. Without an answer the call is taken. */
type Answer = (response: ServerResponse, count: number) => unknown;
type Post = {
  way: 'chat.postMessage' | 'response_url';
  channel: string;
  text: string;
  change: string | undefined;
  blocks: string;
};

const cut: Answer = (response) => response.destroy();
const refuses =
  (error: string): Answer =>
  (response) =>
    response.end(JSON.stringify({ ok: false, error }));
const fails: Answer = (response) => response.writeHead(500).end();
const first =
  (answer: Answer): Answer =>
  (response, count) =>
    count === 1 ? answer(response, count) : undefined;

/** A Slack that notes every post, and answers as each channel, `auth.test` and the response_url deserve. */
async function startSlack({
  channels = {},
  auth,
  directMessages,
  replies,
  port = 0,
}: {
  channels?: Record<string, Answer>;
  auth?: Answer;
  directMessages?: Answer;
  replies?: Answer;
  port?: number;
} = {}) {
  const posts: Post[] = [];
  /** Every call by the name of its method, in order. */
  const calls: string[] = [];
  const answered = (answer: Answer | undefined, response: ServerResponse, count: number, usual: object) => {
    if (answer?.(response, count) === undefined && !response.writableEnded && !response.destroyed)
      response.end(JSON.stringify(usual));
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const method = String(request.url).split('/').at(-1) ?? '';
    calls.push(method);
    const count = calls.filter((call) => call === method).length;
    if (method === 'auth.test') return answered(auth, response, count, { ok: true });
    if (method === 'conversations.open')
      return answered(directMessages, response, count, { ok: true, channel: { id: `D0${person}` } });
    const note = (way: Post['way'], channel: string, text: string, blocks: string) => {
      posts.push({ way, channel, text, blocks, change: /change `(\w+)`/.exec(blocks)?.[1] });
      return posts.filter((post) => post.way === way && post.channel === channel).length;
    };
    if (method === 'reply') {
      const { text, blocks } = JSON.parse(body) as { text: string; blocks: unknown };
      return answered(replies, response, note('response_url', '', text, JSON.stringify(blocks)), {
        ok: true,
      });
    }
    const { channel = '', text = '', blocks = '' } = Object.fromEntries(new URLSearchParams(body));
    const posted = note('chat.postMessage', channel, text, blocks);
    answered(channels[channel], response, posted, { ok: true, ts: '1.1', channel });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  opened.push(close);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, replyUrl: `${url}/reply`, posts, calls, close };
}

const unknownNumber: OwnNumberMemory = { known: () => undefined, read: () => Promise.resolve(undefined) };

function startAudit(url: string, ownNumber = unknownNumber, label?: string) {
  const { log, lines } = createLogLines();
  const audit = createAudit({
    client: new WebClient('xoxb-secret', {
      slackApiUrl: `${url}/api/`,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: {
        debug() {},
        info() {},
        warn() {},
        error() {},
        setLevel() {},
        setName() {},
        getLevel: () => bolt.LogLevel.ERROR,
      },
    }),
    numbers: [
      someNumber({ instance: 'OTHER', label: 'Support' }),
      someNumber({ instance: '3C0FFEE', own: ownNumber, label }),
    ],
    messages: messagesIn('en'),
    lostPausesMs: [0, 0, 0, 0],
    log,
  });
  const givingUp = new AbortController();
  opened.push(() => givingUp.abort());
  return {
    lines,
    giveUp: (reason: Error) => givingUp.abort(reason),
    tell: (ended: EndedChange, undo?: PrivacyChange) =>
      audit.tell(ended, {
        undo,
        beforeSend: () => givingUp.signal.throwIfAborted(),
        signal: givingUp.signal,
      }),
  };
}

/** A change that is to be told in a channel, and was asked for in another one. */
const toldIn = (
  channel: string,
  { id = 'change', replyUrl = '', acceptedAt = new Date() } = {},
): EndedChange => someEnded({ id, tellIn: channel, place: { channel: 'C0ELSEWHERE', replyUrl }, acceptedAt });

const waysOf = (posts: Post[]) => posts.map(({ way, channel }) => `${way} ${channel}`.trim());

describe('what is told', () => {
  test('goes to the channel that is to be told, once', async () => {
    const { url, posts, calls } = await startSlack();
    await expect(startAudit(url).tell(toldIn('C0FINE'))).resolves.toBe('told');
    expect(waysOf(posts)).toEqual(['chat.postMessage C0FINE']);
    expect(calls).toEqual(['chat.postMessage']);
  });

  test('offers to undo where there is an undo', async () => {
    const { url, posts } = await startSlack();
    const { tell } = startAudit(url);
    await tell(toldIn('C0FINE'));
    await tell(toldIn('C0FINE'), someChange('contacts'));
    expect(posts.map(({ blocks }) => blocks.includes('undo-change'))).toEqual([false, true]);
  });

  test.each<[string, OwnNumberMemory, string]>([
    [
      'known already',
      {
        known: () => ({ phone: '5511940001000' as Phone, name: 'Padaria Sol' }),
        read: () => new Promise(() => undefined),
      },
      '+55 11 •••••-1000 (Padaria Sol)',
    ],
    [
      'read in time',
      {
        known: () => undefined,
        read: async (): Promise<OwnNumber> => ({ phone: '5511940001000' as Phone, name: undefined }),
      },
      '+55 11 •••••-1000',
    ],
    ['not to be had', unknownNumber, 'the WhatsApp number'],
  ])('names the number that is %s', async (_what, ownNumber, words) => {
    const { url, posts } = await startSlack();
    await startAudit(url, ownNumber).tell(toldIn('C0FINE'));
    expect(posts[0]?.text).toContain(words);
  });

  test.each([
    ['what the team calls it', '3C0FFEE', 'the last seen of Sales to'],
    ['what is known, of the number that was changed', 'OTHER', 'the last seen of Support to'],
    ['nothing, where the bot has that number no more', 'GONE', 'the last seen of the WhatsApp number to'],
  ])('names several numbers by %s', async (_what, instance, words) => {
    const { url, posts } = await startSlack();
    await startAudit(url, unknownNumber, 'Sales').tell({ ...toldIn('C0FINE'), instance });
    expect(posts[0]?.text).toContain(words);
  });

  test('does not wait for a number that is not told', async () => {
    const { url, posts } = await startSlack();
    const ownNumber = { known: () => undefined, read: () => new Promise<undefined>(() => undefined) };
    await expect(startAudit(url, ownNumber).tell(toldIn('C0FINE'))).resolves.toBe('told');
    expect(posts[0]?.text).toContain('the WhatsApp number');
  });
});

describe('a channel that does not take the message', () => {
  const channels = { C0PRIVATE: refuses('channel_not_found') };

  test('is told through the response_url', async () => {
    const { url, replyUrl, posts } = await startSlack({ channels });
    await expect(startAudit(url).tell(toldIn('C0PRIVATE', { replyUrl }))).resolves.toBe('told');
    expect(waysOf(posts)).toEqual(['chat.postMessage C0PRIVATE', 'response_url']);
    expect(posts[1]?.text).toBe(posts[0]?.text);
    expect(posts[1]?.change).toBe('change');
  });

  test.each([
    ['there is none', ''],
    ['it is too old', 'old'],
  ])('is not told through the response_url where %s, but the person is', async (_what, kind) => {
    const { url, replyUrl, posts } = await startSlack({ channels });
    const acceptedAt = new Date(Date.now() - (kind === 'old' ? 30 * minuteMs : 0));
    const ended = toldIn('C0PRIVATE', { replyUrl: kind === 'old' ? replyUrl : '', acceptedAt });
    await expect(startAudit(url).tell(ended)).resolves.toBe('person-told');
    expect(waysOf(posts)).toEqual(['chat.postMessage C0PRIVATE', `chat.postMessage D0${person}`]);
    expect(posts[1]?.text).toMatch(
      /^I can't post in <#C0PRIVATE>, so your team was not told of this: Last seen/,
    );
  });

  test('nor its response_url, leaves the person told that the team was not', async () => {
    const { url, replyUrl, posts } = await startSlack({
      channels,
      replies: (response) => response.writeHead(404).end(),
    });
    await expect(startAudit(url).tell(toldIn('C0PRIVATE', { replyUrl }))).resolves.toBe('person-told');
    expect(waysOf(posts)).toEqual([
      'chat.postMessage C0PRIVATE',
      'response_url',
      `chat.postMessage D0${person}`,
    ]);
  });

  test('nor the person, leaves nobody told', async () => {
    const { url, posts } = await startSlack({ channels, directMessages: refuses('user_disabled') });
    const { tell, lines } = startAudit(url);
    await expect(tell(toldIn('C0PRIVATE'))).resolves.toBe('not-told');
    expect(waysOf(posts)).toEqual(['chat.postMessage C0PRIVATE']);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        change: 'change',
        way: 'direct message',
        code: 'user_disabled',
      }),
    );
  });

  test('counts as not told though the person perhaps was', async () => {
    const { url, replyUrl } = await startSlack({
      channels: { ...channels, [`D0${person}`]: cut },
      replies: (response) => response.writeHead(404).end(),
    });
    await expect(startAudit(url).tell(toldIn('C0PRIVATE', { replyUrl }))).resolves.toBe('not-told');
  }, 30_000);
});

describe('an answer that is lost', () => {
  test('of a response_url leaves a direct message that it is not known', async () => {
    const { url, replyUrl, posts } = await startSlack({
      channels: { C0PRIVATE: refuses('channel_not_found') },
      replies: cut,
    });
    await expect(startAudit(url).tell(toldIn('C0PRIVATE', { replyUrl }))).resolves.toBe('perhaps-told');
    expect(posts.at(-1)).toMatchObject({
      channel: `D0${person}`,
      text: expect.stringContaining('Slack did not say'),
    });
    expect(posts.filter(({ way }) => way === 'response_url')).toHaveLength(4);
  });

  test('leads to one more message, once auth.test is answered', async () => {
    const { url, posts, calls } = await startSlack({ channels: { C0LOST: first(cut) } });
    await expect(startAudit(url).tell(toldIn('C0LOST'))).resolves.toBe('told');
    expect(calls).toEqual(['chat.postMessage', 'auth.test', 'chat.postMessage']);
    expect(posts.map(({ change }) => change)).toEqual(['change', 'change']);
  });

  test('leads to no more messages while auth.test is not answered', async () => {
    let isUp = false;
    const { url, calls } = await startSlack({
      channels: { C0LOST: first(cut) },
      auth: (response) => (isUp ? undefined : response.destroy()),
    });
    const told = startAudit(url).tell(toldIn('C0LOST'));
    await until(() => calls.filter((call) => call === 'auth.test').length === 2, 'two questions');
    expect(calls.filter((call) => call === 'chat.postMessage')).toHaveLength(1);
    isUp = true;
    await expect(told).resolves.toBe('told');
    expect(calls.filter((call) => call === 'chat.postMessage')).toHaveLength(2);
  });

  test('again and again leads to five messages at most, and the person is told that it is not known', async () => {
    const { url, replyUrl, posts } = await startSlack({ channels: { C0LOST: cut } });
    const { tell, lines } = startAudit(url);
    await expect(tell(toldIn('C0LOST', { id: 'lost', replyUrl }))).resolves.toBe('perhaps-told');
    expect(posts.filter(({ channel }) => channel === 'C0LOST')).toHaveLength(5);
    // The response_url could tell the channel twice.
    expect(waysOf(posts)).not.toContain('response_url');
    expect(posts.at(-1)).toMatchObject({
      channel: `D0${person}`,
      text: expect.stringContaining('Slack did not say'),
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ change: 'lost', event: 'could not tell this way' }),
    );
  }, 30_000);

  test('that is broken is no reason to tell it another way', async () => {
    const { url, replyUrl, posts } = await startSlack({
      channels: { C0ODD: first((response) => response.end('<html>xoxb-secret</html>')) },
    });
    await expect(startAudit(url).tell(toldIn('C0ODD', { replyUrl }))).resolves.toBe('told');
    expect(waysOf(posts)).toEqual(['chat.postMessage C0ODD', 'chat.postMessage C0ODD']);
  });
});

describe('a Slack that is out of reach', () => {
  test('is waited for', async () => {
    const port = await quietPort();
    const told = startAudit(`http://127.0.0.1:${port}`).tell(toldIn('C0FINE'));
    let isTold = false;
    void told.then(() => {
      isTold = true;
    });
    const beganMs = performance.now();
    await until(() => performance.now() - beganMs > 700, 'some tries');
    expect(isTold).toBe(false);
    const { posts } = await startSlack({ port });
    await expect(told).resolves.toBe('told');
    expect(posts).toHaveLength(1);
  });

  test('or in trouble, is waited for, and no other way is gone', async () => {
    const { url, replyUrl, posts } = await startSlack({
      channels: { C0SLOW: (response, count) => (count < 3 ? response.writeHead(500).end() : undefined) },
    });
    await expect(startAudit(url).tell(toldIn('C0SLOW', { replyUrl }))).resolves.toBe('told');
    expect(new Set(waysOf(posts))).toEqual(new Set(['chat.postMessage C0SLOW']));
  });

  test('for one channel does not hold up another', async () => {
    const { url, posts } = await startSlack({ channels: { C0SLOW: fails } });
    const { tell } = startAudit(url);
    void tell(toldIn('C0SLOW')).catch(() => undefined);
    await expect(tell(toldIn('C0FINE'))).resolves.toBe('told');
    expect(posts.map(({ channel }) => channel)).toContain('C0FINE');
  });

  test.each<[string, number, Parameters<typeof startSlack>[0]]>([
    ['the channel', 1, { channels: { C0SLOW: fails } }],
    ['the answer to auth.test', 2, { channels: { C0SLOW: cut }, auth: fails }],
    ['the response_url', 2, { channels: { C0SLOW: refuses('channel_not_found') }, replies: fails }],
    [
      'the direct message',
      3,
      {
        channels: { C0SLOW: refuses('channel_not_found') },
        replies: (response) => response.writeHead(404).end(),
        directMessages: fails,
      },
    ],
  ])('is waited for no longer when it is to end: %s', async (_what, enough, faults) => {
    const { url, replyUrl, calls } = await startSlack(faults);
    const { tell, giveUp } = startAudit(url);
    const told = tell(toldIn('C0SLOW', { replyUrl }));
    await until(() => calls.length >= enough, 'it waits');
    const reason = new Error('the claim is lost');
    const beganMs = performance.now();
    giveUp(reason);
    await expect(told).rejects.toBe(reason);
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});

test.each<[string, Answer]>([
  ['as a code', refuses('<html>xoxb-secret')],
  ['as a page', (response) => response.writeHead(404).end('xoxb-secret')],
  ['in its headers', (response) => response.writeHead(404, { 'x-secret': 'xoxb-secret' }).end()],
])('what Slack said never gets into the log: %s', async (_where, answer) => {
  const { url, replyUrl } = await startSlack({ channels: { C0HTML: first(answer) } });
  const { tell, lines } = startAudit(url);
  await tell(toldIn('C0HTML', { replyUrl }));
  expect(JSON.stringify(lines)).not.toContain('xoxb-secret');
  expect(JSON.stringify(lines)).not.toContain(replyUrl);
});
