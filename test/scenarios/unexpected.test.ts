import { describe, expect, test } from '@jest/globals';
import { postToBot, replaceForm } from '../raw-requests.ts';
import { modes, openForm, publicChannel, startWorld, toldIn, type World, whispered } from '../world.ts';

const outdated = /^This form comes from an older version of the bot\. Nothing was changed\. Close it and /;
const section = { type: 'section', text: { type: 'mrkdwn', text: 'An older form' } };
const button = { type: 'button', action_id: 'older-button', text: { type: 'plain_text', text: 'Press' } };

async function expectNothingDone(world: World): Promise<void> {
  await world.stopped();
  expect(world.changes()).toEqual([]);
  expect(toldIn(world, publicChannel)).toEqual([]);
}

function complaintsOfSlack(world: World): string[] {
  return world.slack
    .messages(publicChannel)
    .filter(({ via }) => via === 'slackbot')
    .map(({ text }) => text);
}

describe.each(modes)('what the bot does not expect, in %s mode', (mode) => {
  test('an unknown command is answered, to the person alone', async () => {
    await using world = await startWorld({ mode });
    await world.ana.types(publicChannel, '/lastsee');
    expect(whispered(world, world.ana)).toEqual([
      'This bot does not know that command. Nothing was changed. Try `/lastseen help`.',
    ]);
    expect(complaintsOfSlack(world)).toEqual([]);
  });

  test('an unknown action is answered with nothing', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await replaceForm(world, world.ana, { blocks: [section, { type: 'actions', elements: [button] }] });
    await world.ana.presses('modal', 'older-button');
    expect(form.open().notice).toBeUndefined();
    await expectNothingDone(world);
  });

  test('a form by another name is answered with what to do', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('Nobody');
    await replaceForm(world, world.ana, { callbackId: 'older-form' });
    await form.save();
    expect(form.open()).toMatchObject({ notice: undefined, submit: undefined });
    expect(form.text()).toMatch(outdated);
    await expectNothingDone(world);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '}{'],
    ['other JSON', '{"channel":"C0OPS"}'],
    ['an unknown setting', '{"setting":"photo","channel":"C0OPS","replyUrl":"http://127.0.0.1:9/x"}'],
    [
      'texts that can not be unpacked',
      '{"setting":"last-seen","channel":"C0OPS","replyUrl":"","texts":"AAAA"}',
    ],
  ])('a form whose memory holds %s is answered with what to do', async (_, privateMetadata) => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('Nobody');
    await replaceForm(world, world.ana, { privateMetadata });
    await form.save();
    expect(form.open().notice).toBeUndefined();
    expect(form.error('Who can see last seen')).toMatch(outdated);
    await expectNothingDone(world);
  });

  test('a choice in a form whose memory is lost harms nothing', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await replaceForm(world, world.ana, { privateMetadata: '}{' });
    await form.choose('My contacts except…');
    expect(form.open().notice).toBeUndefined();
    await expectNothingDone(world);
  });

  test('a form of the same name without its inputs is answered with what to do', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await replaceForm(world, world.ana, { blocks: [section] });
    await form.save();
    expect(form.open().notice).toBeUndefined();
    expect(form.text()).toContain('Nothing was changed.');
    await expectNothingDone(world);
  });

  test('a choice that this version does not have is answered under its field', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    const blocks = JSON.parse(JSON.stringify(form.open().blocks).replaceAll('"nobody"', '"<!everybody>"'));
    await replaceForm(world, world.ana, { blocks });
    await world.ana.picks('visibility:main', 'visibility-chosen', '<!everybody>');
    await form.save();
    expect(form.error('Who can see last seen')).toBe('Choose who can see last seen.');
    await expectNothingDone(world);
  });
});

describe('requests that are not of Slack, in http mode', () => {
  const command = (world: World) => ({
    command: '/lastseen',
    text: 'help',
    channel_id: publicChannel,
    user_id: world.ana.id,
    team_id: 'T0TEAM',
    trigger_id: '1.2.3',
    response_url: `${world.slack.apiUrl}nowhere`,
  });

  test('a well signed one is answered, so that the others are refused for their reason', async () => {
    await using world = await startWorld({ mode: 'http' });
    const { status, body } = await postToBot(world, command(world));
    expect([status, body]).toEqual([200, expect.stringContaining('changes who can see the *last seen*')]);
  });

  test.each([
    ['a forged signature', { secret: 'forged' }],
    ['a timestamp of six minutes ago', { agedSeconds: 360 }],
  ])('with %s get 401, and nothing happens', async (_, forged) => {
    await using world = await startWorld({ mode: 'http' });
    const callsBefore = world.slack.calls.length;
    const { status } = await postToBot(world, { ...command(world), text: '' }, forged);
    expect(status).toBe(401);
    expect(world.slack.calls.slice(callsBefore)).toEqual([]);
    await expectNothingDone(world);
  });

  const view = (world: World) => ({
    id: 'V1',
    type: 'modal',
    callback_id: 'privacy-form',
    private_metadata: JSON.stringify({
      setting: 'last-seen',
      channel: publicChannel,
      replyUrl: world.slack.apiUrl,
    }),
  });

  test.each([
    ['no state', {}],
    ['an empty state', { state: {} }],
    ['a state of lists', { state: { values: [] } }],
    ['a select that holds a number', { state: { values: { visibility: { 'visibility-chosen': 7 } } } }],
    [
      'numbers that are a number',
      {
        state: {
          values: {
            visibility: { 'visibility-chosen': { selected_option: { value: 'contacts-except' } } },
            hide: { numbers: { value: 7 } },
          },
        },
      },
    ],
    [
      'far too many numbers',
      {
        state: {
          values: {
            visibility: { 'visibility-chosen': { selected_option: { value: 'contacts-except' } } },
            hide: { numbers: { value: '+55 11 98765-4321\n'.repeat(2_000) } },
          },
        },
      },
    ],
  ])('a submission with %s gets a sentence', async (_, broken) => {
    await using world = await startWorld({ mode: 'http' });
    const payload = {
      type: 'view_submission',
      team: { id: 'T0TEAM' },
      user: { id: world.ana.id },
      trigger_id: '1.2.3',
      view: { ...view(world), ...broken },
    };
    const { status, body } = await postToBot(world, { payload: JSON.stringify(payload) });
    expect(status).toBe(200);
    const { response_action, errors, view: next } = JSON.parse(body);
    expect(['errors', 'update']).toContain(response_action);
    const sentences = response_action === 'errors' ? Object.values(errors) : [next.blocks[0].text.text];
    expect(sentences).toEqual([expect.stringMatching(/^[A-Z].*(\.$|reference: \w{6}$)/)]);
    await expectNothingDone(world);
  });
});
