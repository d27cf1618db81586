import { describe, expect, test } from '@jest/globals';
import {
  auditChannel,
  auditMessageIn,
  directMessage,
  modes,
  movableClock,
  openForm,
  privateChannel,
  publicChannel,
  saidIn,
  startWorld,
  strangeChannel,
  toldIn,
  type World,
} from '../world.ts';

const scopesWithoutPublic = ['commands', 'users:read', 'chat:write', 'im:write'];

async function hideFromAll(world: World, channel: string) {
  const form = await openForm(world, { channel });
  await form.choose('Nobody');
  await form.save();
  return form;
}

/** What the bot told a person in their direct messages. */
function directlyTold(world: World): string[] {
  return world.slack.directMessages(world.ana.id).map(({ text }) => text);
}

function archive(world: World, channelId: string): void {
  const channel = world.slack.channels.find(({ id }) => id === channelId);
  if (!channel) throw new Error(`no channel ${channelId}`);
  channel.archived = true;
}

describe.each(modes)('where the team is told, in %s mode', (mode) => {
  test.each([
    ['a public channel that the bot is in', publicChannel, 'chat.postMessage', undefined],
    ['a public channel that the bot is not in', strangeChannel, 'chat.postMessage', undefined],
    [
      'a public channel that the bot is in, without chat:write.public',
      publicChannel,
      'chat.postMessage',
      scopesWithoutPublic,
    ],
    [
      'a public channel that the bot is not in, without chat:write.public',
      strangeChannel,
      'response_url',
      scopesWithoutPublic,
    ],
    ['a private channel that the bot is not in', privateChannel, 'response_url', undefined],
    ['a direct message between two people', directMessage, 'response_url', undefined],
  ])('is %s', async (_, channel, via, botScopes) => {
    await using world = await startWorld({ mode, ...(botScopes && { botScopes }) });
    await hideFromAll(world, channel);
    await auditMessageIn(world, channel);
    await world.stopped();
    const told = toldIn(world, channel);
    expect(told).toEqual([
      expect.objectContaining({ via, text: expect.stringMatching(/^Last seen changed: /) }),
    ]);
    expect(told.map(saidIn).join()).toMatch(/change `\w{12}`/);
    expect(world.bruno.sees(channel).map(({ ts }) => ts)).toContain(told[0]?.ts);
    expect(directlyTold(world)).toEqual([]);
  });

  test('is the place of the command, where AUDIT_CHANNEL is archived', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
    archive(world, auditChannel);
    await hideFromAll(world, publicChannel);
    await auditMessageIn(world, publicChannel);
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(1);
    expect(directlyTold(world)).toEqual([]);
  });

  test('is nowhere in a channel archived meanwhile, which the person is told in a direct message', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('Nobody');
    archive(world, publicChannel);
    await form.save();
    await world.stopped();
    expect(toldIn(world, publicChannel)).toEqual([]);
    expect(directlyTold(world)).toEqual([
      expect.stringMatching(
        /^I can't post in <#C0OPS>, so your team was not told of this: Last seen changed: <@U0ANA> set .* to Nobody\.\n.*\/invite/,
      ),
    ]);
  });

  test.each([
    ['applied', true, 'Last seen changed: '],
    ['failed', false, 'Last seen not changed: '],
  ])(
    'is nowhere once the response_url has expired, which the person is told with the outcome: %s',
    async (_, connected, outcome) => {
      const clock = movableClock();
      await using world = await startWorld({ mode, now: clock.now });
      const form = await openForm(world, { channel: privateChannel });
      await form.choose('Nobody');
      world.account.connected = connected;
      clock.advance(31 * 60 * 1000);
      await form.save();
      await world.stopped();
      expect(toldIn(world, privateChannel)).toEqual([]);
      expect(directlyTold(world)).toEqual([
        expect.stringContaining(`I can't post in <#C0BOARD>, so your team was not told of this: ${outcome}`),
      ]);
    },
  );

  test('is nowhere once the response_url is used up, which the person is told', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen', times: 5 });
    const form = await openForm(world, { channel: privateChannel });
    await form.choose('Nobody');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await form.save();
      await world.slack.until(() => toldIn(world, privateChannel).length === attempt, `message ${attempt}`);
    }
    await form.save();
    await world.stopped();
    expect(toldIn(world, privateChannel)).toHaveLength(5);
    expect(directlyTold(world)).toEqual([expect.stringContaining('Last seen changed: ')]);
  });

  test('is nowhere without im:write either: the change is made all the same and the log says so', async () => {
    const clock = movableClock();
    await using world = await startWorld({
      mode,
      now: clock.now,
      botScopes: ['commands', 'users:read', 'chat:write'],
    });
    const form = await openForm(world, { channel: privateChannel });
    await form.choose('Nobody');
    clock.advance(31 * 60 * 1000);
    await form.save();
    await world.stopped();
    expect(world.account.lastSeen).toBe('NONE');
    expect(world.logs.join('\n')).toContain('change not told');
  });
});
