import { describe, expect, jest, test } from '@jest/globals';
import type { SlackFault } from '../../fakes/slack/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { openGate, quietPort } from '../process.ts';
import { expectAccepted, saveAndTell, saveChange, toldNext } from '../save-change.ts';
import {
  ana,
  auditMessageIn,
  bruno,
  changeIdsIn,
  inBothModes,
  movableClock,
  openForm,
  privateChannel,
  publicChannel,
  startWorld,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

const method = 'chat.postMessage';

function repliesOf({ slack }: World): number {
  return slack.calls.filter((call) => call.method === 'response_url').length;
}

/** Saves a change in a private channel, and waits until the bot has tried to tell it there. */
async function saveAndTryToTell(world: World): Promise<void> {
  const before = repliesOf(world);
  world.slack.inject({ kind: 'rate-limited', retryAfterSeconds: 1, method: 'response_url' });
  await saveChange(world, { option: 'Everyone', channel: privateChannel });
  await world.slack.until(() => repliesOf(world) > before, 'a try', 10_000);
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a bot that is stopped and started again', () => {
  const troubles: [string, SlackFault][] = [
    ['answered 503', { kind: 'http-status', status: 503, method }],
    ['cut every connection', { kind: 'reset', when: 'before', method }],
  ];
  test.concurrent.each(troubles)('tells in order, once each, what was made while Slack %s', (_, trouble) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject(trouble);
      for (const [option, person] of [
        ['Nobody', world.ana],
        ['Everyone', world.bruno],
      ] as const) {
        expectAccepted(await saveChange(world, { option, person }));
      }
      await world.stopped();
      expect(toldIn(world, publicChannel)).toEqual([]);
      await world.startAnother();
      await saveChange(world, { option: 'My contacts', person: world.carla });
      world.slack.clearFaults();
      await toldNext(world, 2, publicChannel, 40_000);
      await world.stopped();
      const told = toldIn(world, publicChannel);
      expect(told.map(({ text }) => text.split(' to ').at(-1))).toEqual([
        'Nobody.',
        'Everyone.',
        'My contacts.',
      ]);
      expect(new Set(changeIdsIn(told)).size).toBe(3);
    }),
  );

  test.concurrent('tells in order, once each, what was made while nobody listened at Slack’s address', () =>
    inBothModes(async (mode) => {
      const [slackPort, gatePort] = [await quietPort(), await quietPort()];
      const open = () => openGate(gatePort, `http://127.0.0.1:${slackPort}`);
      const gate = await open();
      // Of whom the settings name, Slack is asked nothing.
      const env = { SLACK_API_URL: `http://127.0.0.1:${gatePort}/api/`, ALLOWED_USERS: `${ana},${bruno}` };
      await using world = await startWorld({ mode, slackPort, env });
      const forms = [
        { form: await openForm(world), option: 'Nobody' },
        { form: await openForm(world, { person: world.bruno }), option: 'Everyone' },
      ];
      await gate[Symbol.asyncDispose]();
      for (const { form, option } of forms) {
        await form.choose(option);
        await form.save();
        expectAccepted(form);
      }
      expect(world.account.lastSeen).toBe('ALL');
      expect(toldIn(world, publicChannel)).toEqual([]);
      await world.stopped();
      await using _again = await open();
      await world.startAnother();
      await toldNext(world, 1, publicChannel, 40_000);
      await world.stopped();
      expect(toldIn(world, publicChannel).map(({ text }) => text.split(' to ').at(-1))).toEqual([
        'Nobody.',
        'Everyone.',
      ]);
    }));

  test.concurrent('tells through the response_url where the bot is not, and once it has ended the person', () =>
    inBothModes(async (mode) => {
      const clock = movableClock();
      await using world = await startWorld({ mode, now: clock.now });
      await saveAndTryToTell(world);
      await world.stopped();
      world.slack.clearFaults();
      const another = await world.startAnother();
      const told = await auditMessageIn(world, privateChannel, 20_000);
      expect(told).toMatchObject({ via: 'response_url', text: expect.stringMatching(/ to Everyone\.$/) });

      await saveAndTryToTell(world);
      await another.stop();
      world.slack.clearFaults();
      clock.advance(31 * 60 * 1000);
      await world.startAnother();
      const said = await world.slack.until(
        () => world.slack.directMessages(world.ana.id)[0],
        'the direct message',
        20_000,
      );
      expect(said.text).toMatch(
        /^I can't post in <#C0BOARD>, so your team was not told of this: Last seen changed: /,
      );
      expect(toldIn(world, privateChannel)).toHaveLength(1);
    }));

  test.concurrent('takes a form that was opened before, and an Undo of before', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      const { message } = await saveAndTell(world, { option: 'Everyone' });
      const form = await openForm(world, { channel: privateChannel });
      await form.choose('My contacts except…');
      await form.shows('Hide from');
      await form.write('Hide from', '+55 11 98765-4321');
      await world.stopped();
      await world.startAnother();
      await press(world.bruno, message, 'Undo');
      await toldNext(world, 2);
      expect(world.account.lastSeen).toBe('NONE');
      await form.save();
      expect(form.isOpen()).toBe(false);
      expect(buttonsOf(await auditMessageIn(world, privateChannel))).toEqual(['Undo']);
      expect(world.account.disallowed).toEqual(['5511987654321']);
      expect(whispered(world, world.bruno)).toEqual([]);
    }));
});
