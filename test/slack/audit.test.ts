import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import bolt from '@slack/bolt';
import type { EndedChange } from '../../src/privacy/ports.ts';
import { createAudit } from '../../src/slack/audit.ts';

const { WebClient } = bolt.webApi;
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A Slack of one method that takes every post, and answers as each channel deserves. */
async function startAudit(answers: Record<string, (response: ServerResponse, count: number) => unknown>) {
  const posts: { channel: string; text: string; change: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { channel = '', text = '', blocks = '' } = Object.fromEntries(new URLSearchParams(body));
    posts.push({ channel, text, change: /change `(\w+)`/.exec(blocks)?.[1] });
    const count = posts.filter((post) => post.channel === channel).length;
    answers[channel]?.(response, count) ?? response.end(JSON.stringify({ ok: true, ts: '1.1', channel }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const giveUp = new AbortController();
  opened.push(() => {
    giveUp.abort();
    server.close();
    server.closeAllConnections();
  });
  const logs: string[] = [];
  const log = (fields: object, event: string) => void logs.push(JSON.stringify({ ...fields, event }));
  const audit = createAudit({
    client: new WebClient('xoxb-secret', {
      slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
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
    auditChannel: undefined,
    ownNumber: { known: () => undefined, read: () => Promise.resolve(undefined) },
    log: { info: log, warn: log, error: log },
    signal: giveUp.signal,
  });
  return { audit, posts, logs };
}

function ended(channel: string, id: string): EndedChange {
  return {
    id,
    change: { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] },
    by: 'U0ANA',
    place: { channel, replyUrl: '' },
    acceptedAt: new Date(),
    endedAt: new Date(),
    outcome: { kind: 'applied' },
  };
}

test('a reply whose answer is lost leaves a direct message that it is not known', async () => {
  const replies = createServer((request) => request.socket.destroy()).listen(0, '127.0.0.1');
  opened.push(() => replies.close());
  await once(replies, 'listening');
  const { audit, posts } = await startAudit({
    C0PRIVATE: (response) => response.end(JSON.stringify({ ok: false, error: 'channel_not_found' })),
  });
  const change = ended('C0PRIVATE', 'replied');
  const replyUrl = `http://127.0.0.1:${(replies.address() as AddressInfo).port}/`;
  await audit.tell({ ...change, place: { ...change.place, replyUrl } });
  expect(posts.at(-1)).toMatchObject({
    channel: 'U0ANA',
    text: expect.stringContaining('Slack did not say'),
  });
});

const cut = (response: ServerResponse) => response.destroy() ?? true;

test('a channel that can not be told now does not hold up another', async () => {
  const { audit, posts } = await startAudit({
    C0SLOW: (response) => response.writeHead(500).end(),
  });
  void audit.tell(ended('C0SLOW', 'first'));
  await audit.tell(ended('C0FINE', 'second'));
  expect(posts.map(({ channel }) => channel)).toContain('C0FINE');
});

test('one channel is told in order, though the first message has to wait', async () => {
  const { audit, posts } = await startAudit({
    C0SLOW: (response, count) => (count === 1 ? response.writeHead(500).end() : undefined),
  });
  await Promise.all(['first', 'second'].map((id) => audit.tell(ended('C0SLOW', id))));
  expect(posts.map(({ change }) => change)).toEqual(['first', 'first', 'second']);
});

test('a message whose answer is lost is sent five times at most, and the person is told that it is not known', async () => {
  const { audit, posts, logs } = await startAudit({ C0LOST: cut });
  await audit.tell(ended('C0LOST', 'lost'));
  expect(posts.filter(({ channel }) => channel === 'C0LOST')).toHaveLength(5);
  expect(posts.at(-1)).toMatchObject({
    channel: 'U0ANA',
    text: expect.stringContaining('Slack did not say'),
  });
  expect(logs.join()).toContain('could not tell this way');
}, 30_000);

test('a broken answer of Slack is no reason to tell it another way', async () => {
  const { audit, posts } = await startAudit({
    C0ODD: (response, count) => (count === 1 ? response.end('<html>xoxb-secret</html>') : undefined),
  });
  await audit.tell(ended('C0ODD', 'odd'));
  expect(posts.map(({ channel }) => channel)).toEqual(['C0ODD', 'C0ODD']);
});

test('what Slack said never gets into the log', async () => {
  const { audit, logs } = await startAudit({
    C0HTML: (response, count) =>
      count === 1 ? response.end(JSON.stringify({ ok: false, error: '<html>xoxb-secret' })) : undefined,
  });
  await audit.tell(ended('C0HTML', 'html'));
  expect(logs.join()).not.toContain('xoxb-secret');
});
