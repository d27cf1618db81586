import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import bolt, { type Receiver } from '@slack/bolt';
import { noMeter } from '../../src/privacy/meter.ts';
import { answerEverything } from '../../src/slack/answer-everything.ts';
import { type Broken, handleError, reportBroken } from '../../src/slack/error-handler.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { quietPort } from '../process.ts';

const messages = messagesIn('en');
const broken = new TypeError('no such property of +55 11 98765-4321');

function startReporting() {
  const lines: { fields: Record<string, unknown>; event: string }[] = [];
  const write = (fields: object, event: string) => void lines.push({ fields: { ...fields }, event });
  return { reporting: { messages, meter: noMeter, log: { info: write, warn: write, error: write } }, lines };
}

test('a broken step has a reference that is in the log, and no trace of what broke', () => {
  const { reporting, lines } = startReporting();
  const sentence = reportBroken(reporting, broken);
  const reference = /this reference: (\w{6})/.exec(sentence)?.[1];
  expect(sentence).toContain('The setting was not changed by it.');
  expect(lines).toEqual([
    { event: 'unexpected error', fields: { reference, error: 'TypeError', at: expect.any(Array) } },
  ]);
  expect(sentence + JSON.stringify(lines)).not.toContain('98765');
});

test('whoever typed a command that broke is told, through its response_url, and nobody else', async () => {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    received.push(JSON.parse(await text(request)));
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { reporting, lines } = startReporting();
  const response_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const wrapped = Object.assign(new Error('several'), { originals: [broken] });
  await handleError(reporting, { error: wrapped, body: { response_url } });
  server.close();
  expect(received).toEqual([
    expect.objectContaining({
      response_type: 'ephemeral',
      text: expect.stringContaining(String(lines[0]?.fields.reference)),
    }),
  ]);
});

test('an answer that Slack did not wait for is no fault of the bot, and nobody is told anything more', async () => {
  const { reporting, lines } = startReporting();
  let handed: Parameters<Receiver['init']>[0] | undefined;
  const receiver: Receiver = {
    init(app) {
      handed = app;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  answerEverything(receiver);
  const app = new bolt.App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-1' }),
    extendedErrorHandler: true,
    logLevel: bolt.LogLevel.ERROR,
  });
  app.command('/lastseen', ({ ack }) => ack('help'));
  app.error((broke: Broken) => handleError(reporting, broke));
  const ack = async () => {
    throw new RangeError('the connection is gone');
  };
  // Refuses at once whatever is posted there.
  const response_url = `http://127.0.0.1:${await quietPort()}/`;
  const sent = { command: '/lastseen', text: '', user_id: 'U0ANA', channel_id: 'C0SHOP', response_url };
  await handed
    ?.processEvent({ body: { ...sent, trigger_id: '1.2', team_id: 'T0TEAM' }, ack })
    .catch(() => undefined);
  expect(lines).toEqual([{ event: 'answer not acknowledged', fields: { error: 'RangeError' } }]);
});
