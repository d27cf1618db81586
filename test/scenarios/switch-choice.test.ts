import { describe, expect, test } from '@jest/globals';
import { modes, openForm, startWorld, type World } from '../world.ts';

const listPath = '/privacy/disallowed-contacts';
/** 150 numbers as people write them: 2,850 characters of the 3,000 that an input takes. */
const manyNumbers = Array.from({ length: 150 }, (_, index) => {
  const digits = String(10_000_000 + ((index * 7_919_333) % 89_999_999));
  return `+55 11 9${digits.slice(0, 4)}-${digits.slice(4)}`;
}).join('\n');

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from');
  return form;
}

describe.each(modes)('switching between the choices, in %s mode', (mode) => {
  test('brings back what was typed, and who was picked', async () => {
    await using world = await startWorld({ mode, hidden: ['5521912345678', '5511987654321'] });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321\nnot yet 1198');
    await form.pick('Show again to', '5521912345678');
    for (const option of ['Nobody', 'Everyone', 'My contacts']) await form.choose(option);
    await form.hides('Hide from');
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    expect(form.value('Hide from')).toBe('+55 11 98765-4321\nnot yet 1198');
    expect(form.picked('Show again to')).toEqual(['+55 21 91234-5678']);
  });

  test('brings back 150 numbers', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', manyNumbers);
    await form.choose('Nobody');
    await form.hides('Hide from');
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    expect(form.value('Hide from')).toBe(manyNumbers);
  });

  test('loses nothing of a full input of unpackable text, nor who was picked beside it', async () => {
    await using world = await startWorld({ mode, hidden: ['5521912345678', '5511987654321'] });
    const form = await openAtTheList(world);
    const text = Array.from({ length: 2_990 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 3 * 7_919) % 20_000)),
    ).join('');
    await form.write('Hide from', text);
    await form.pick('Show again to', '5521912345678');
    for (const option of ['Nobody', 'My contacts except…']) {
      const { hash } = form.open();
      await form.choose(option);
      await world.slack.until(() => form.open().hash !== hash, 'the form updated');
    }
    await form.shows('Hide from');
    expect(form.value('Hide from')).toBe(text);
    expect(form.picked('Show again to')).toEqual(['+55 21 91234-5678']);
  });

  test('forgets what was taken out of an input', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321');
    await form.choose('Nobody');
    await form.hides('Hide from');
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '');
    await form.choose('Nobody');
    await form.hides('Hide from');
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    expect(form.value('Hide from')).toBe('');
  });

  test.each([
    ['My contacts except…', ['Who can see last seen', 'Hide from', 'Hide from contacts', 'Show again to']],
    ['Nobody', ['Who can see last seen']],
  ])('quickly, back and forth, ends at %s', async (last, labels) => {
    await using world = await startWorld({ mode, hidden: ['5521912345678'] });
    // The first answers come last, and the list long after the next choice.
    world.slack.inject({ kind: 'slow', method: 'views.update', delayMs: 150, times: 2 });
    world.zapi.inject({ kind: 'slow', path: listPath, delayMs: 250, times: 1 });
    const form = await openForm(world);
    const other = last === 'Nobody' ? 'My contacts except…' : 'Nobody';
    await Promise.all([other, last, other, last].map((option) => form.choose(option)));
    await world.stopped();
    expect(form.labels()).toEqual(labels);
    expect(form.text().includes('+55 21 91234-5678')).toBe(last !== 'Nobody');
  });

  test('shows the inputs though an update of the form came between', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    world.slack.inject({ kind: 'api-error', error: 'hash_conflict', method: 'views.update', times: 1 });
    await form.choose('My contacts except…');
    await form.says('Nobody is on the list now.');
    expect(form.labels()).toContain('Hide from');
  });

  test('and closing the form meanwhile is no error', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'slow', path: listPath, delayMs: 200 });
    const form = await openAtTheList(world);
    await world.ana.closes();
    await world.stopped();
    expect(world.slack.calls.map(({ reply }) => reply?.error)).toContain('not_found');
    expect(world.logs.map((line) => JSON.parse(line)).filter(({ level }) => level > 30)).toEqual([]);
    expect(form.isOpen()).toBe(false);
  });

  test('works though Slack fails to show it at first', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    world.slack.inject({ kind: 'http-status', status: 503, method: 'views.update', times: 1 });
    await form.choose('My contacts except…');
    await form.shows('Hide from');
  });
});
