import { describe, expect, jest, test } from '@jest/globals';
import { openForm, publicChannel, startWorld, toldIn, type World } from '../world.ts';

const reconnectWithinMs = 10_000;

/** Types the command until the form opens: while no socket is there, Slack says that the command failed. */
async function openFormWhenBack(world: World) {
  const opened = world.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
  return async () => {
    await world.slack.until(
      () =>
        world.slack.calls.filter(({ method, reply }) => method === 'apps.connections.open' && reply?.ok)
          .length > opened && world.slack.connections() > 0,
      'a new socket',
      reconnectWithinMs,
    );
    return openForm(world);
  };
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a socket that goes away', () => {
  test.concurrent('because Slack recycles it is replaced, and commands work again', async () => {
    await using world = await startWorld({ mode: 'socket' });
    const back = await openFormWhenBack(world);
    world.slack.recycleSockets();
    await world.slack.until(
      () => world.slack.connections() === 0,
      'the old socket closed',
      reconnectWithinMs,
    );
    const form = await back();
    await form.choose('Nobody');
    await form.save();
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test.concurrent('without a word is replaced, and commands work again', async () => {
    await using world = await startWorld({ mode: 'socket' });
    const back = await openFormWhenBack(world);
    world.slack.cutSockets();
    await world.slack.until(() => world.slack.connections() === 0, 'the old socket closed');
    const form = await back();
    expect(form.isOpen()).toBe(true);
  });

  test.concurrent('while a change is under way loses neither the change nor its message', async () => {
    await using world = await startWorld({ mode: 'socket' });
    const form = await openForm(world);
    await form.choose('Nobody');
    world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs: 500 });
    const saved = form.save();
    await world.accepted(1);
    world.slack.cutSockets();
    await form.says('*Saved.*');
    await saved;
    await world.stopped();
    expect(world.changes()).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });
});
