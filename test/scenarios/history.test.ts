import { describe, expect, jest, test } from '@jest/globals';
import type { Message } from '../../fakes/slack/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import {
  directMessage,
  inBothModes,
  modes,
  openForm,
  privateChannel,
  publicChannel,
  saidIn,
  startWorld,
  type World,
} from '../world.ts';

const path = '/privacy/last-seen';

function shownTo(world: World, channel = publicChannel, person = world.ana): Message[] {
  return person.sees(channel).filter(({ visibleTo, via }) => visibleTo && via !== 'slackbot');
}

/** Asks for the history, or for one change of it, and waits for the one answer. */
async function historyIn(world: World, words = 'history', channel = publicChannel): Promise<Message> {
  const before = shownTo(world, channel).length;
  await world.ana.types(channel, `/lastseen ${words}`);
  return world.slack.until(() => shownTo(world, channel)[before], 'the history', 10_000);
}

/** Ids of the changes that a message lists, in its order. */
function idsIn(message: Message): string[] {
  const footnotes = (message.blocks as { type: string }[]).filter(({ type }) => type === 'context');
  return footnotes.map((block) => /change `(\w{12})`/.exec(JSON.stringify(block))?.[1] ?? '');
}

/** Presses a button of the history, and waits until the message shows something else. */
async function turn(world: World, shown: Message, label: string): Promise<Message> {
  await press(world.ana, shown, label);
  const before = JSON.stringify(shown.blocks);
  return world.slack.until(
    () => shownTo(world).find(({ ts, blocks }) => ts === shown.ts && JSON.stringify(blocks) !== before),
    'another page',
    10_000,
  );
}

/** Makes so many changes; their ids, newest first. */
async function makeChanges(world: World, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const option = made % 2 === 0 ? 'Nobody' : 'Everyone';
    ids.unshift((await saveAndTell(world, { option })).id);
  }
  return ids;
}

function numbers(area: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `55${area}9${8_765_4000 + index * 7}`);
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe.each(modes)('the history, in %s mode,', (mode) => {
  test('of a bot that made no change says so, wherever it is asked for, to the person alone', async () => {
    await using world = await startWorld({ mode });
    for (const channel of [publicChannel, privateChannel, directMessage]) {
      const shown = await historyIn(world, 'history', channel);
      expect(saidIn(shown)).toContain('This bot has not been asked for any change yet.');
      expect(buttonsOf(shown)).toEqual([]);
      expect(world.bruno.sees(channel)).toEqual([]);
    }
  });

  test('shows each change as it ended, newest first, with masked numbers', async () => {
    await using world = await startWorld({ mode, hidden: ['5531932321010', '14155552671'] });
    const form = await openForm(world, { person: world.bruno });
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321\n+55 31 93232-1010');
    await form.pick('Show again to', '+1 415 555 2671');
    // Who is picked is taken off on the phone before.
    world.account.disallowed = ['5531932321010'];
    await form.save();
    await toldNext(world, 0);
    world.zapi.inject({ kind: 'success-false', path, times: 2 });
    await saveAndTell(world, { hide: '+44 20 7946 0958' });
    world.zapi.inject({ kind: 'json', path, status: 200, body: {}, times: 1 });
    await saveAndTell(world, { option: 'Nobody' });
    world.zapi.inject({ kind: 'hang', path, applied: false });
    void saveChange(world, { option: 'Everyone', person: world.carla });
    await world.accepted(4);

    const shown = await historyIn(world);
    const sections = (shown.blocks as { type: string; text?: { text: string } }[])
      .filter(({ type }) => type === 'section')
      .map(({ text }) => text?.text);
    expect(sections).toEqual([
      ':hourglass_flowing_sand: *Everyone* · <@U0CARLA> · under way',
      ':warning: *Nobody* · <@U0ANA> · perhaps not changed\nZ-API answered something that this bot does not understand.',
      ':x: *My contacts except…* · <@U0ANA> · not changed\nZ-API refused the change and gave no reason.\n*To hide from 1:* +44 20 •••• 0958',
      ':white_check_mark: *My contacts except…* · <@U0BRUNO> · changed\n*Newly hidden from 1:* +55 11 •••••-4321\n*Already so for 2:* +55 31 •••••-1010, +1 ••• ••• 2671',
    ]);
    expect(shown.text).toBe('Changes of last seen, newest first');
    expect(saidIn(shown)).toContain('Changes of last seen, newest first');
    expect([...idsIn(shown)].sort().reverse()).toEqual(idsIn(shown));
    expect(idsIn(shown).every((id) => /^\w{12}$/.test(id))).toBe(true);
    expect(buttonsOf(shown)).toEqual([]);
    expect(shown.visibleTo).toBe(world.ana.id);
    world.zapi.clearFaults();
  });

  test.each([
    [1, [1]],
    [8, [8]],
    [9, [8, 1]],
    [17, [8, 8, 1]],
  ])('of %d changes has pages of %j, turned in place', async (count, lengths) => {
    await using world = await startWorld({ mode });
    const ids = await makeChanges(world, count);
    const pages: string[][] = [];
    let shown = await historyIn(world);
    for (const page of lengths.keys()) {
      pages.push(idsIn(shown));
      const isFirst = page === 0;
      const isLast = page === lengths.length - 1;
      expect(buttonsOf(shown)).toEqual([...(isFirst ? [] : ['Newer']), ...(isLast ? [] : ['Older'])]);
      if (!isLast) shown = await turn(world, shown, 'Older');
    }
    expect(pages.map(({ length }) => length)).toEqual(lengths);
    expect(pages.flat()).toEqual(ids);
    for (const page of [...pages.keys()].reverse().slice(1)) {
      shown = await turn(world, shown, 'Newer');
      expect(idsIn(shown)).toEqual(pages[page]);
      expect(buttonsOf(shown)).toEqual([...(page === 0 ? [] : ['Newer']), 'Older']);
    }
    expect(shownTo(world)).toHaveLength(1);
  });

  test('shows every change once to who turns its pages while new ones arrive', async () => {
    await using world = await startWorld({ mode });
    const ids = await makeChanges(world, 10);
    let shown = await historyIn(world);
    expect(idsIn(shown)).toEqual(ids.slice(0, 8));
    const newer = await makeChanges(world, 3);
    shown = await turn(world, shown, 'Older');
    expect(idsIn(shown)).toEqual(ids.slice(8));
    shown = await turn(world, shown, 'Newer');
    expect(idsIn(shown)).toEqual(ids.slice(0, 8));
    expect(buttonsOf(shown)).toEqual(['Newer', 'Older']);
    shown = await turn(world, shown, 'Newer');
    expect(idsIn(shown)).toEqual([...newer, ...ids].slice(0, 8));
    expect(shownTo(world)).toHaveLength(1);
  });

  test('survives a press that is delivered twice', async () => {
    await using world = await startWorld({ mode });
    const ids = await makeChanges(world, 9);
    const shown = await historyIn(world);
    world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
    expect(idsIn(await turn(world, shown, 'Older'))).toEqual(ids.slice(8));
    await world.stopped();
    expect(shownTo(world)).toHaveLength(1);
  });
});

describe.each(modes)('one change of the history, in %s mode,', (mode) => {
  test('is shown in full to one person: whole numbers, who, when, how it ended, where it was told', async () => {
    await using world = await startWorld({ mode, hidden: ['5531932321010'] });
    const { id } = await saveAndTell(world, {
      hide: '+55 11 98765-4321\n+44 20 7946 0958',
      showAgain: '+55 31 93232-1010',
      person: world.bruno,
    });
    for (const words of [`history ${id}`, `HISTORY  ${id.toUpperCase()}`, `history \`${id}\``]) {
      const shown = await historyIn(world, words);
      expect(shown.visibleTo).toBe(world.ana.id);
      const lines = shown.text.split('\n');
      expect(lines).toEqual([
        `:white_check_mark: *Change \`${id}\` of last seen: changed*`,
        '• Who can see it: *My contacts except…*',
        '• *Newly hidden from 2:* +55 11 98765-4321, +44 20 7946 0958',
        '• *Shown again to 1:* +55 31 93232-1010',
        expect.stringMatching(/^• Asked for by <@U0BRUNO>, <!date\^/),
        expect.stringMatching(/^• Ended <!date\^/),
        '• Verified: the list was read again and shows it.',
        expect.stringMatching(/^• Posted for the team in <#C0OPS>, <!date\^/),
      ]);
      expect(saidIn(shown)).toBe(`${shown.text}\n${shown.text}`);
    }
    expect(world.bruno.sees(publicChannel)).toHaveLength(1);
  });

  test('that failed says why and that nothing was changed', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path });
    const { id } = await saveAndTell(world, { hide: '+55 11 98765-4321' });
    const { text } = await historyIn(world, `history ${id}`);
    for (const part of [
      `:x: *Change \`${id}\` of last seen: not changed*`,
      '• *To hide from 1:* +55 11 98765-4321',
      '• Z-API refused the change and gave no reason. The setting was not changed. ',
    ])
      expect(text).toContain(part);
  });

  test('that is under way says so, and where it will be told', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'slow', path, delayMs: 2_500 });
    const saved = saveChange(world, { option: 'Nobody' });
    await world.accepted(1);
    const [id = ''] = idsIn(await historyIn(world));
    const { text } = await historyIn(world, `history ${id}`);
    expect(text).toContain(`:hourglass_flowing_sand: *Change \`${id}\` of last seen: under way*`);
    expect(text).toContain('• Not posted yet; the message goes to <#C0OPS>');
    expect(text).not.toContain('Ended');
    await saved;
  });

  test('that could not be told says that the person was', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({
      kind: 'api-error',
      error: 'restricted_action',
      method: 'chat.postMessage',
      times: 1,
    });
    world.slack.inject({ kind: 'http-status', status: 404, method: 'response_url', times: 1 });
    await saveChange(world, { option: 'Nobody' });
    await world.slack.until(() => world.slack.directMessages(world.ana.id)[0], 'the direct message', 10_000);
    const [id = ''] = idsIn(await historyIn(world));
    const told = 'Could not be posted in <#C0OPS>; the person was told directly';
    await world.logged('change person told');
    expect((await historyIn(world, `history ${id}`)).text).toContain(told);
  });

  test('with 200 numbers typed and 100 people picked arrives with every one of them', async () => {
    const shown = numbers(21, 100);
    await using world = await startWorld({ mode, hidden: shown });
    const hide = numbers(11, 200);
    const { id } = await saveAndTell(world, { hide: hide.join('\n'), showAgain: shown.join('\n') });
    expect(saidIn(await historyIn(world))).toContain('*Newly hidden from 200:* ');
    const message = await historyIn(world, `history ${id}`);
    const said = JSON.stringify(message.blocks).replaceAll(/[\s()-]/g, '');
    for (const phone of [...hide, ...shown]) expect(said).toContain(`+${phone}`);
    expect(message.blocks.length).toBeGreaterThan(1);
  });

  test.each([
    ['that nobody made', 'history 000000000000'],
    ['with an id of another form', 'history abc'],
    ['with the longest id', `history ${'z'.repeat(40)}`],
  ])('%s is none of the journal', async (_, words) => {
    await using world = await startWorld({ mode });
    expect((await historyIn(world, words)).text).toBe(
      "The bot's journal has no change of that id. Nothing was changed. `/lastseen history` shows the last ones.",
    );
  });

  test.each([
    ['history <!channel>', '“history &lt;!channel&gt;”'],
    [`history ${'z'.repeat(41)}`, `“history ${'z'.repeat(31)}…”`],
    ["history ' or 1=1 --", "“history ' or 1=1 --”"],
    ['history a b', '“history a b”'],
  ])('asked for by “%s” is not understood', async (words, quoted) => {
    await using world = await startWorld({ mode });
    await world.ana.types(publicChannel, `/lastseen ${words}`);
    expect(shownTo(world).map(({ text }) => text.split('\n')[0])).toEqual([
      `I did not understand ${quoted}. Nothing was changed.`,
    ]);
  });
});

describe('the history', () => {
  test.concurrent('shows a change that expired, and one that undoes another', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, env: { CHANGE_MAX_AGE: '1 s' } });
      await saveAndTell(world, { option: 'Everyone' });
      const { id, message } = await saveAndTell(world, { option: 'Nobody' });
      await press(world.carla, message, 'Undo');
      await toldNext(world, 2);
      world.zapi.inject({ kind: 'slow', path, delayMs: 4_000, times: 1 });
      const first = saveChange(world, { option: 'Nobody' });
      await world.accepted(4);
      await Promise.all([first, saveChange(world, { option: 'My contacts', person: world.bruno })]);
      await toldNext(world, 4);

      const said = saidIn(await historyIn(world));
      expect(said).toContain(
        ':hourglass: *My contacts* · <@U0BRUNO> · not changed\nIt had to wait for too long.',
      );
      expect(said).toContain(`:white_check_mark: *Everyone* · <@U0CARLA> · changed · undoes \`${id}\``);
    }));
});
