import { describe, expect, jest, test } from '@jest/globals';
import type { SlackFault } from '../../fakes/slack/types.ts';
import { expectAccepted } from '../save-change.ts';
import {
  auditMessageIn,
  changeIdsIn,
  inBothModes,
  openForm,
  privateChannel,
  publicChannel,
  startWorld,
  toldIn,
  type World,
} from '../world.ts';

async function saveNobody(world: World, channel = publicChannel): Promise<void> {
  const form = await openForm(world, { channel });
  await form.choose('Nobody');
  await form.save();
  expectAccepted(form);
}

const method = 'chat.postMessage';
const passing: [string, SlackFault][] = [
  ['429 with Retry-After', { kind: 'rate-limited', method, retryAfterSeconds: 1, times: 1 }],
  ['503 for a while', { kind: 'http-status', status: 503, method, times: 2 }],
  ['internal_error', { kind: 'api-error', error: 'internal_error', method, times: 1 }],
  ['a connection cut before the message was taken', { kind: 'reset', when: 'before', method, times: 1 }],
];

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('telling the team while Slack is in trouble', () => {
  test.concurrent.each(passing)(`ends in exactly one message after %s`, (_, fault) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject(fault);
      await saveNobody(world);
      await auditMessageIn(world);
      await world.stopped();
      expect(toldIn(world, publicChannel).map(({ text }) => text)).toEqual([
        expect.stringMatching(/^Last seen changed: /),
      ]);
      expect(world.slack.faults()).toEqual([]);
      expect(world.changes()).toHaveLength(1);
    }),
  );

  test.concurrent(`waits as long as Retry-After says`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject({ kind: 'rate-limited', method, retryAfterSeconds: 1, times: 1 });
      await saveNobody(world);
      await auditMessageIn(world);
      const [first, second] = world.slack.calls.filter((call) => call.method === method);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
    }));

  test.concurrent(`may end in two messages with one id, where the answer to the first was lost`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject({ kind: 'reset', when: 'after', method, times: 1 });
      await saveNobody(world);
      await world.stopped();
      const told = toldIn(world, publicChannel);
      expect([1, 2]).toContain(told.length);
      expect(new Set(changeIdsIn(told)).size).toBe(1);
      expect(changeIdsIn(told)[0]).toMatch(/^\w{12}$/);
    }));

  test.concurrent.each([
    ['503', { kind: 'http-status', status: 503, method: 'response_url', times: 1 }],
    [
      'a connection cut before it was taken',
      { kind: 'reset', when: 'before', method: 'response_url', times: 1 },
    ],
  ] as [string, SlackFault][])(`ends in one message through the response_url after %s`, (_, fault) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject(fault);
      await saveNobody(world, privateChannel);
      await world.stopped();
      expect(toldIn(world, privateChannel)).toHaveLength(1);
      expect(world.slack.directMessages(world.ana.id)).toEqual([]);
    }),
  );

  test.concurrent(`goes to the person where Slack refuses the message for good`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject({ kind: 'api-error', error: 'restricted_action', method, times: 1 });
      world.slack.inject({ kind: 'http-status', status: 404, method: 'response_url' });
      await saveNobody(world);
      await world.stopped();
      expect(toldIn(world, publicChannel)).toEqual([]);
      expect(world.slack.directMessages(world.ana.id)).toHaveLength(1);
    }));
});
