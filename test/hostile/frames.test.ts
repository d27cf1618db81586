import { describe, expect, test } from '@jest/globals';
import { openForm, startWorld } from '../world.ts';

const envelope = { envelope_id: 'e1', accepts_response_payload: true };

describe('a frame that is not as Slack sends them is passed over', () => {
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no JSON', '}{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['bytes', new Uint8Array([0, 255, 254])],
    ['no type', JSON.stringify(envelope)],
    ['an unknown type', JSON.stringify({ ...envelope, type: 'workflow_step', payload: {} })],
    ['the name of an error', JSON.stringify({ ...envelope, type: 'error', payload: {} })],
    ['the name of the end', JSON.stringify({ ...envelope, type: 'close', payload: {} })],
    ['no envelope', JSON.stringify({ type: 'interactive', payload: {} })],
    ['an empty envelope', JSON.stringify({ ...envelope, type: 'interactive', payload: null })],
    ['an event without its name', JSON.stringify({ ...envelope, type: 'events_api', payload: {} })],
    ['a nest', '['.repeat(100_000)],
  ])('%s', async (_, frame) => {
    await using world = await startWorld({ mode: 'socket' });
    world.slack.sendFrame(frame);
    await world.logged('not as Slack sends them');
    expect(world.slack.connections()).toBe(1);
    const form = await openForm(world);
    expect(form.isOpen()).toBe(true);
  });

  test('so is a payload that is none of this bot, with an answer', async () => {
    await using world = await startWorld({ mode: 'socket' });
    const odd = ['shortcut', 'message_action', 'workflow_step_edit', 'unheard-of'].map((type) => ({
      type: 'interactive' as const,
      payload: { type, callback_id: 'x', user: { id: 'U0ANA' }, trigger_id: '1.2.3' },
    }));
    const answers = await Promise.all(odd.map((one) => world.slack.deliver(one)));
    expect(answers.map(({ kind }) => kind)).toEqual(odd.map(() => 'answered'));
  });
});
