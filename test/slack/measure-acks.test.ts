import { describe, expect, test } from '@jest/globals';
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import type { Measured } from '../../src/privacy/meter.ts';
import { measureAcks } from '../../src/slack/measure-acks.ts';

const token = 'xoxb-test';
const user = { id: 'U0ANA', team_id: 'T0TEAM' };

/** Bolt itself behind a receiver of ours, with a clock that stands until it is moved. */
async function startApp({ ackFails = false } = {}) {
  let nowMs = 1_000;
  let app: Parameters<Receiver['init']>[0] | undefined;
  const receiver: Receiver = {
    init(made) {
      app = made;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  const noted: Measured[] = [];
  measureAcks(receiver, { note: (measured) => void noted.push(measured) }, () => nowMs);
  const authorize = async () => ({ botToken: token, botId: 'B0', botUserId: 'U0' });
  const bolt = new App({ receiver, authorize, convoStore: false });
  const answers: unknown[] = [];
  const event = (body: object): ReceiverEvent => ({
    body: { team_id: 'T0TEAM', user, user_id: user.id, ...body },
    ack: async (answer) => {
      if (ackFails) throw new Error('no socket');
      answers.push(answer);
    },
  });
  return {
    bolt,
    noted,
    answers,
    advance: (ms: number) => {
      nowMs += ms;
    },
    receive: async (body: object) => app?.processEvent(event(body)),
  };
}

describe('an acknowledgement is timed from its arrival', () => {
  test.each<[string, object, string]>([
    ['command', { command: '/lastseen', channel_id: 'C0' }, 'command'],
    [
      'button',
      { type: 'block_actions', actions: [{ type: 'button', action_id: 'a', block_id: 'b' }] },
      'action',
    ],
    ['picker', { type: 'block_suggestion', action_id: 'a', block_id: 'b' }, 'options'],
    ['Save', { type: 'view_submission', view: { callback_id: 'form' } }, 'view'],
    ['closing', { type: 'view_closed', view: { callback_id: 'form' } }, 'view'],
    ['shortcut', { type: 'shortcut', callback_id: 'x' }, 'other'],
  ])('of a %s', async (_what, body, kind) => {
    const { bolt, noted, answers, advance, receive } = await startApp();
    const answer = async ({ ack }: { ack: () => Promise<void> }) => {
      advance(2_600);
      await ack();
    };
    bolt.command(/.*/, answer);
    bolt.action(/.*/, answer);
    bolt.options(/.*/, answer);
    bolt.view(/.*/, answer);
    bolt.view({ type: 'view_closed', callback_id: /.*/ }, answer);
    bolt.shortcut(/.*/, answer);
    await receive(body);
    expect(noted).toEqual([{ what: 'acknowledged', kind, ms: 2_600, sent: true }]);
    expect(answers).toHaveLength(1);
  });
});

test('one that could not be sent is noted as that, and fails for who made it', async () => {
  const { bolt, noted, receive } = await startApp({ ackFails: true });
  const failures: string[] = [];
  bolt.command('/lastseen', async ({ ack }) => {
    await ack().catch((error: Error) => failures.push(error.message));
  });
  await receive({ command: '/lastseen', channel_id: 'C0' });
  expect(failures).toEqual(['no socket']);
  expect(noted).toEqual([{ what: 'acknowledged', kind: 'command', ms: 0, sent: false }]);
});
