import { describe, expect, test } from '@jest/globals';
import { postToBot, replaceForm } from '../raw-requests.ts';
import { formOf, modes, openForm, publicChannel, startWorld, toldIn, type World } from '../world.ts';

const slow = { kind: 'slow', path: '/privacy/last-seen', delayMs: 2_500 } as const;

/** What Slack sends of the open form, with a choice made in it. */
function viewWith(world: World, visibility: string, more: object = {}) {
  const { viewId, hash, callbackId, privateMetadata } = formOf(world, world.ana).open();
  return {
    id: viewId,
    hash,
    callback_id: callbackId,
    type: 'modal',
    private_metadata: privateMetadata,
    state: {
      values: {
        visibility: {
          'visibility-chosen': { type: 'static_select', selected_option: { value: visibility } },
        },
        ...more,
      },
    },
  };
}

const sentBy = (world: World) => ({ team: { id: 'T0TEAM' }, user: { id: world.ana.id }, api_app_id: 'A0' });

function submit(world: World, view: object, triggerId: string) {
  const payload = { type: 'view_submission', ...sentBy(world), trigger_id: triggerId, view };
  return postToBot(world, { payload: JSON.stringify(payload) });
}

function choose(world: World, visibility: string, actionTs: string) {
  const action = {
    type: 'static_select',
    block_id: 'visibility',
    action_id: 'visibility-chosen',
    action_ts: actionTs,
  };
  const view = viewWith(world, visibility);
  const container = { type: 'view', view_id: view.id };
  const payload = {
    type: 'block_actions',
    ...sentBy(world),
    trigger_id: actionTs,
    container,
    view,
    actions: [action],
  };
  return postToBot(world, { payload: JSON.stringify(payload) });
}

describe('deliveries out of turn, in http mode', () => {
  test('a second Save with another choice is answered with what was promised to the first', async () => {
    await using world = await startWorld({ mode: 'http' });
    const form = await openForm(world);
    world.zapi.inject(slow);
    const first = submit(world, viewWith(world, 'contacts'), '1.1');
    await world.zapi.until(() => world.changes().length === 1, 'the first change');
    const second = submit(world, viewWith(world, 'nobody'), '2.2');
    for (const { body } of await Promise.all([first, second])) expect(body).toContain('Saving…');
    await form.says('Who can see last seen: *My contacts*');
    expect(world.changes()).toHaveLength(1);
    expect(world.account.lastSeen).toBe('CONTACTS');
  });

  test('a submission delivered again while the bot stops is answered as it was promised', async () => {
    await using world = await startWorld({ mode: 'http' });
    await openForm(world);
    world.zapi.inject({ ...slow, delayMs: 1_000 });
    const view = viewWith(world, 'nobody');
    const first = submit(world, view, '1.1');
    await world.zapi.until(() => world.changes().length === 1, 'the change');
    const stopped = world.bot.stop();
    const again = await submit(world, view, '1.1');
    expect(again).toEqual(await first);
    expect(again.body).not.toContain('restarting');
    await stopped;
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test('a submission delivered again just before it ends leaves the outcome to the form', async () => {
    await using world = await startWorld({ mode: 'http' });
    const form = await openForm(world);
    world.zapi.inject(slow);
    const view = viewWith(world, 'nobody');
    const first = await submit(world, view, '1.1');
    expect(first.body).toContain('Saving…');
    await submit(world, view, '1.1');
    await form.says('*Saved.*');
  });

  test('a choice that arrives after its Save does not keep the outcome from the form', async () => {
    await using world = await startWorld({ mode: 'http' });
    const form = await openForm(world);
    world.zapi.inject(slow);
    const saved = submit(world, viewWith(world, 'nobody'), '1.1');
    await world.zapi.until(() => world.changes().length === 1, 'the change');
    await choose(world, 'contacts-except', String(Date.now() / 1000));
    await saved;
    await form.says('*Saved.*');
  });

  test('an older choice that arrives after a newer one changes nothing', async () => {
    await using world = await startWorld({ mode: 'http' });
    const form = await openForm(world);
    await choose(world, 'contacts-except', '200.0');
    await form.shows('Hide from');
    await choose(world, 'nobody', '100.0');
    await world.stopped();
    expect(form.labels()).toContain('Hide from');
  });

  test('what is wrong with a field that is not in sight stands under the select', async () => {
    await using world = await startWorld({ mode: 'http' });
    await openForm(world);
    const { body } = await submit(world, viewWith(world, 'contacts-except'), '1.1');
    expect(JSON.parse(body).errors).toEqual({ visibility: expect.stringContaining('Nobody is hidden yet.') });
  });

  test('two submissions without a trigger are two', async () => {
    await using world = await startWorld({ mode: 'http' });
    await openForm(world);
    await submit(world, viewWith(world, 'nobody'), '');
    await submit(world, viewWith(world, 'contacts'), '');
    expect(world.changes().map(({ body }) => body)).toEqual([
      { visualizationType: 'NONE' },
      { visualizationType: 'CONTACTS' },
    ]);
  });
});

test.each(modes)('a choice in an outdated form says so in the form, in %s mode', async (mode) => {
  await using world = await startWorld({ mode });
  const form = await openForm(world);
  await replaceForm(world, world.ana, { privateMetadata: '{"version":0}' });
  await form.choose('Nobody');
  await form.says('This form comes from an older version of the bot. Nothing was changed.');
});
