import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../fakes/slack/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell } from '../save-change.ts';
import { bruno, carla, formOf, modes, publicChannel, startWorld, type World, whispered } from '../world.ts';
import { askedMeanwhile, become, refusalsIn, restarted } from './people.ts';

const guests =
  ':no_entry: Guests may not use this bot for last seen. Nothing was changed. If you should be able to, ask whoever runs the bot.';

/** The message for one person, with buttons. */
function questionTo(world: World, { id }: Person, label: string) {
  return world.slack.until(
    () =>
      world.slack
        .messages(publicChannel)
        .find((message) => message.visibleTo === id && buttonsOf(message).includes(label)),
    `a message with “${label}”`,
    10_000,
  );
}

const refusal = (world: World, person = world.carla) =>
  world.slack.until(
    () => whispered(world, person).find((said) => said.startsWith(':no_entry:')),
    'no',
    10_000,
  );

describe.each(modes)('in %s mode, somebody who may not presses', (mode) => {
  test.each([
    ['guest', 'Guests may not use this bot'],
    ['outsider', 'Only people of this workspace may use this bot'],
  ] as const)('Undo, as a %s: nothing is undone', async (kind, says) => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message } = await saveAndTell(world, { option: 'Everyone' });
    become(world, world.carla, kind);
    const asked = await askedMeanwhile(world, async () => {
      await press(world.carla, message, 'Undo');
      expect(await refusal(world)).toContain(says);
    });
    expect(asked).toEqual([]);
    expect(world.account.lastSeen).toBe('ALL');
    expect(await refusalsIn(world)).toEqual([`${carla} button ${kind}`]);
  });

  test('Undo, whose right ended a moment ago', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody', person: world.carla });
    const { message } = await saveAndTell(world, { option: 'Everyone', person: world.carla });
    become(world, world.carla, 'guest');
    await press(world.carla, message, 'Undo');
    expect(await refusal(world)).toBe(guests);
    expect(world.account.lastSeen).toBe('ALL');
  });

  test.each([
    ['guest', 'Guests may not use this bot'],
    ['outsider', 'Only people of this workspace may use this bot'],
  ] as const)('Try again, as a %s: the form shows nothing of the change', async (kind, says) => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen' });
    const { message } = await saveAndTell(world, { hide: '+55 11 98765-4321' });
    become(world, world.carla, kind);
    const asked = await askedMeanwhile(world, async () => {
      await press(world.carla, message, 'Try again');
      await formOf(world, world.carla).says(says);
    });
    expect(asked).toEqual([]);
    expect(JSON.stringify(world.carla.modal())).not.toContain('98765');
    expect(await refusalsIn(world)).toEqual([`${carla} button ${kind}`]);
  });

  test('Change it, after a change in one line: the question becomes the refusal', async () => {
    await using world = await startWorld({ mode });
    await world.carla.types(publicChannel, '/lastseen everyone');
    const question = await questionTo(world, world.carla, 'Change it');
    become(world, world.carla, 'guest');
    const asked = await askedMeanwhile(world, async () => {
      await press(world.carla, question, 'Change it');
      expect(await refusal(world)).toBe(guests);
    });
    expect(asked).toEqual([]);
    expect(whispered(world, world.carla)).toEqual([guests]);
    expect(await refusalsIn(world)).toEqual([`${carla} button guest`]);
  });

  test('Older, and Newer: no other page is shown', async () => {
    await using world = await startWorld({ mode });
    for (let count = 0; count < 9; count += 1) {
      await world.carla.types(publicChannel, '/lastseen nobody');
      await world.accepted(count + 1);
    }
    await world.carla.types(publicChannel, '/lastseen history');
    const first = await questionTo(world, world.carla, 'Older');
    await press(world.carla, first, 'Older');
    const second = await questionTo(world, world.carla, 'Newer');
    await world.carla.types(publicChannel, '/lastseen history');
    const again = await questionTo(world, world.carla, 'Older');
    await restarted(world, { ALLOWED_USERS: bruno });
    const asked = await askedMeanwhile(world, async () => {
      for (const [page, label] of [
        [second, 'Newer'],
        [again, 'Older'],
      ] as const)
        await press(world.carla, page, label);
      await world.slack.until(
        () => whispered(world, world.carla).filter((said) => said.startsWith(':no_entry:')).length === 2,
        'two refusals',
        10_000,
      );
    });
    expect(asked).toEqual([]);
    const pages = world.slack.messages(publicChannel).filter(({ visibleTo }) => visibleTo === carla);
    expect(pages.flatMap(buttonsOf)).toEqual(['Newer', 'Older']);
    expect(await refusalsIn(world)).toEqual(Array.from({ length: 2 }, () => `${carla} button not-listed`));
  });
});
