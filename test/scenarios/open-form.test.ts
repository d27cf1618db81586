import { describe, expect, test } from '@jest/globals';
import {
  ana,
  auditMessageIn,
  formOf,
  modes,
  movableClock,
  openForm,
  publicChannel,
  startWorld,
  whispered,
} from '../world.ts';

const sentence = 'Nothing was changed. Type `/lastseen` again.';

describe.each(modes)('opening the form, in %s mode', (mode) => {
  test('opens it with one call to Slack and asks Z-API nothing before it is there', async () => {
    // The number is not known yet, so that there would be something to ask.
    await using world = await startWorld({
      mode,
      zapiFaults: [{ kind: 'empty', status: 400, path: '/device', times: 1 }],
    });
    world.slack.inject({ kind: 'slow', method: 'views.open', delayMs: 300 });
    const before = { slack: world.slack.calls.length, zapi: world.zapi.requests.length };
    await world.ana.types(publicChannel, '/lastseen');
    const seen = await world.slack.until(
      () =>
        world.slack.calls.some(({ method, reply }) => method === 'views.open' && reply) && {
          slack: world.slack.calls.slice(before.slack).map(({ method }) => method),
          zapi: world.zapi.requests.length - before.zapi,
        },
      'the answer to views.open',
    );
    expect(seen).toEqual({ slack: ['views.open'], zapi: 0 });
  });

  test('says which number it changes as soon as that is known', async () => {
    await using world = await startWorld({
      mode,
      zapiFaults: [{ kind: 'empty', status: 400, path: '/device', times: 1 }],
    });
    world.zapi.inject({ kind: 'slow', delayMs: 200 });
    const form = await openForm(world);
    expect(form.text()).toContain('Changes your WhatsApp number for the whole team.');
    await form.says('Changes *+55 11 94000-1000* (Padaria Sol) for the whole team.');
    expect(world.slack.calls.map(({ method }) => method)).toContain('views.update');
  });

  test('says which number it changes even where a choice was made before that is known', async () => {
    await using world = await startWorld({
      mode,
      zapiFaults: [{ kind: 'empty', status: 400, path: '/device', times: 1 }],
    });
    world.zapi.inject({ kind: 'slow', path: '/device', delayMs: 400 });
    const form = await openForm(world);
    await form.choose('Nobody');
    expect(form.text()).toContain('Changes your WhatsApp number for the whole team.');
    await form.says('Changes *+55 11 94000-1000* (Padaria Sol) for the whole team.');
  });

  test('offers the four choices by the names that WhatsApp has for them, and the people only for the third', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    expect(form.open()).toMatchObject({ title: 'Last seen', submit: 'Save', close: 'Cancel' });
    expect(form.options()).toEqual(['Everyone', 'My contacts', 'My contacts except…', 'Nobody']);
    expect(form.labels()).toEqual(['Who can see last seen']);
    for (const option of ['Nobody', 'Everyone', 'My contacts']) {
      await form.choose('My contacts except…');
      await form.shows('Hide from');
      expect(form.labels()).toEqual([
        'Who can see last seen',
        'Hide from',
        'Hide from contacts',
        'Show again to',
      ]);
      expect(form.isMultiline('Hide from')).toBe(true);
      await form.choose(option);
      await form.hides('Hide from');
      expect(form.labels()).toEqual(['Who can see last seen']);
    }
  });

  test('tells what hiding last seen does and does not do', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    expect(form.text()).toContain("Whoever hides last seen can't see the last seen of others.");
    expect(form.text()).toContain('does not hide when the number is *online*');
    expect(form.text()).toContain('Each WhatsApp privacy setting has a list of its own.');
  });

  test('says in one sentence, to the person alone, that the trigger came too late', async () => {
    const clock = movableClock();
    await using world = await startWorld({ mode, now: clock.now });
    const typed = world.ana.types(publicChannel, '/lastseen');
    clock.advance(3_100);
    await typed;
    await world.slack.until(() => whispered(world, world.ana)[0], 'the sentence');
    await world.stopped();
    expect(whispered(world, world.ana)).toEqual([
      `The form did not open: Slack waited too long for it. ${sentence}`,
    ]);
    expect(world.bruno.sees(publicChannel)).toEqual([]);
    expect(world.ana.modal()).toBeUndefined();
  });

  test('says in one sentence that Slack did not take it, on 429 again and again', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({ kind: 'rate-limited', retryAfterSeconds: 30, method: 'views.open' });
    await world.ana.types(publicChannel, '/lastseen');
    await world.slack.until(() => whispered(world, world.ana)[0], 'the sentence');
    await world.stopped();
    expect(whispered(world, world.ana)).toEqual([
      `The form did not open: Slack did not take it. ${sentence}`,
    ]);
    expect(world.ana.modal()).toBeUndefined();
  });

  test.each([
    ['cut connections', { kind: 'reset', when: 'before', method: 'views.open' }],
    ['503', { kind: 'http-status', status: 503, method: 'views.open' }],
    ['internal_error', { kind: 'api-error', error: 'internal_error', method: 'views.open' }],
  ] as const)('says that it is not known whether it opened, on %s again and again', async (_, fault) => {
    await using world = await startWorld({ mode });
    world.slack.inject(fault);
    await world.ana.types(publicChannel, '/lastseen');
    await world.slack.until(() => whispered(world, world.ana)[0], 'the sentence');
    expect(whispered(world, world.ana)).toEqual([
      'Slack did not say whether it opened the form. Nothing was changed. Type `/lastseen` again if it is not there.',
    ]);
  });

  test.each([
    ['503', { kind: 'http-status', status: 503, method: 'views.open', times: 1 }],
    ['429', { kind: 'rate-limited', retryAfterSeconds: 1, method: 'views.open', times: 1 }],
    ['a connection cut before it', { kind: 'reset', when: 'before', method: 'views.open', times: 1 }],
    ['a connection cut after it', { kind: 'reset', when: 'after', method: 'views.open', times: 1 }],
  ] as const)('opens all the same, once, on %s that passes', async (_, fault) => {
    await using world = await startWorld({ mode, env: { ALLOWED_USERS: ana } });
    world.slack.inject(fault);
    const form = await openForm(world);
    await world.stopped();
    expect(form.isOpen()).toBe(true);
    expect(whispered(world, world.ana)).toEqual([]);
  });

  test('on a connection cut after it is filled by the first choice, where Slack has to be asked who the person is', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({ kind: 'reset', when: 'after', method: 'views.open', times: 1 });
    await world.ana.types(publicChannel, '/lastseen');
    await world.slack.until(() => world.ana.modal(), 'the form');
    const form = formOf(world, world.ana);
    // Slack's answer was lost, and with it the id by which the form could be filled.
    expect(form.text()).toContain('Changes your WhatsApp number for the whole team.');
    await form.choose('Nobody');
    await form.says('Changes *+55 11 94000-1000* (Padaria Sol) for the whole team.');
    expect(form.chosen()).toBe('Nobody');
    await form.save();
    await auditMessageIn(world);
    await world.stopped();
    expect(world.account.lastSeen).toBe('NONE');
    expect(world.slack.calls.filter(({ method, reply }) => method === 'views.open' && reply?.ok)).toEqual([]);
    expect(whispered(world, world.ana)).toEqual([]);
  });
});
