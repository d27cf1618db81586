import { describe, expect, jest, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { saveAndTell } from '../save-change.ts';
import {
  directMessage,
  inBothModes,
  privateChannel,
  publicChannel,
  startWorld,
  type World,
  whispered,
} from '../world.ts';

const listPath = '/privacy/disallowed-contacts';

/** Asks how things stand, and waits for the one answer. */
async function statusIn(world: World, channel = publicChannel, person = world.ana): Promise<string> {
  const before = whispered(world, person, channel).length;
  await person.types(channel, '/lastseen status');
  return world.slack.until(() => whispered(world, person, channel)[before], 'the status', 10_000);
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the status', () => {
  test.concurrent('says that this bot has set nothing yet, how many are on the list, and that the phone is connected', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden: ['5511987654321'] });
      expect(await statusIn(world)).toBe(
        [
          '*Last seen of +55 11 94000-1000 (Padaria Sol)*',
          '• Who can see it: not known yet. This bot has not set it, and Z-API has no way to ask.',
          '• On the list of *My contacts except…*: 1 person.',
          '• Phone: connected to Z-API.',
        ].join('\n'),
      );
      expect(world.changes()).toEqual([]);
    }));

  test.concurrent('says what was set last, by whom and when, to everybody who asks and to nobody else', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden: ['5511987654321'] });
      await saveAndTell(world, { hide: '+55 21 91234-5678', person: world.bruno });
      const said = await statusIn(world);
      const [, seconds] =
        /^• Who can see it: \*My contacts except…\*, set here by <@U0BRUNO>, <!date\^(\d+)\^.*\. What was changed on the phone since is not known\.$/m.exec(
          said,
        ) ?? [];
      expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(10);
      expect(said).toContain('• On the list of *My contacts except…*: 2 people.');
      expect(world.bruno.sees(publicChannel).map(({ text }) => text)).not.toContain(said);
      expect(world.ana.sees(publicChannel)).toHaveLength(2);
    }));

  test.concurrent('says what was set, not what failed after it', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen' });
      await saveAndTell(world, { option: 'Everyone', person: world.bruno });
      expect(await statusIn(world)).toContain('• Who can see it: *Nobody*, set here by <@U0ANA>, ');
    }));

  test.concurrent('says that nobody knows what is set, where it is not known how the last change ended', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      world.zapi.inject({ kind: 'json', path: '/privacy/last-seen', status: 200, body: {} });
      await saveAndTell(world, { option: 'Everyone', person: world.bruno });
      expect(await statusIn(world)).toMatch(
        /• Who can see it: \*unknown\*\. The last change, by <@U0BRUNO>, <!date.*>, may or may not have been made\.\n/,
      );
    }));

  test.concurrent('says that the phone is not connected, and what to do', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.account.connected = false;
      expect(await statusIn(world)).toContain(
        '• Phone: *not connected* to Z-API. Open the instance in the Z-API panel and connect it with the QR code.',
      );
    }));

  const silent: [string, ZapiFault][] = [
    ['answers 500', { kind: 'empty', status: 500 }],
    ['never answers', { kind: 'hang', applied: false }],
    ['refuses', { kind: 'success-false' }],
    ['is overloaded', { kind: 'rate-limited', retryAfterSeconds: 60 }],
  ];
  test.concurrent.each(silent)('tells the rest within seconds where Z-API %s', (_, fault) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      world.zapi.inject(fault);
      const askedMs = Date.now();
      const said = await statusIn(world);
      expect(Date.now() - askedMs).toBeLessThan(7_000);
      for (const part of [
        '*Last seen of +55 11 94000-1000 (Padaria Sol)*\n',
        '• Who can see it: *Nobody*, set here by <@U0ANA>, ',
        "• On the list of *My contacts except…*: Z-API can't say right now.\n",
        "• Phone: Z-API can't say right now whether it is connected.",
      ])
        expect(said).toContain(part);
    }),
  );

  test.concurrent('tells the rest where Z-API can not say who is on the list', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.zapi.inject({ kind: 'html', path: listPath, status: 200 });
      const said = await statusIn(world);
      expect(said).toContain("• On the list of *My contacts except…*: Z-API can't say right now.\n");
      expect(said).toContain('• Phone: connected to Z-API.');
    }));

  test.concurrent('is told where the bot is not: in a private channel and in a direct message', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      for (const channel of [privateChannel, directMessage]) {
        expect(await statusIn(world, channel)).toContain('• On the list of *My contacts except…*: nobody.');
        expect(world.bruno.sees(channel)).toEqual([]);
      }
    }));

  test.concurrent('names no number where none is known', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({
        mode,
        zapiFaults: [{ kind: 'empty', status: 400, path: '/device' }],
      });
      expect(await statusIn(world)).toMatch(/^\*Last seen of your WhatsApp number\*\n/);
    }));

  test.concurrent('escapes what somebody else named the number', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, zapiFaults: [{ kind: 'empty', status: 400, times: 1 }] });
      world.account.name = '<!channel> & co';
      await saveAndTell(world, { option: 'Nobody' });
      expect(await statusIn(world)).toContain('(&lt;!channel&gt; &amp; co)*\n');
    }));
});
