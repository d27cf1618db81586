import { describe, expect, jest, test } from '@jest/globals';
import { saveChange, toldNext } from '../../save-change.ts';
import {
  auditMessageIn,
  changeIdsIn,
  type formOf,
  inBothModes,
  openForm,
  publicChannel,
  toldIn,
} from '../../world.ts';
import { startStage } from './stage.ts';

type Stage = Awaited<ReturnType<typeof startStage>>;
type Bot = Awaited<ReturnType<Stage['start']>>;

const path = '/privacy/last-seen';
const patienceMs = 20_000;

async function killed(bot: Bot): Promise<void> {
  bot.kill('SIGKILL');
  await bot.exited;
}

async function terminated(bot: Bot): Promise<void> {
  bot.kill('SIGTERM');
  expect(await bot.exited).toBe(0);
}

/** Waits until so many requests for a change have come to Z-API. */
function asked(stage: Stage, count = 1): Promise<unknown> {
  return stage.zapi.until(() => stage.changes().length >= count, 'the change', patienceMs);
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('after kill -9 the next start', () => {
  test.concurrent('makes and tells, in the order saved, what people saw accepted', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using bot = await stage.startReady();
      stage.zapi.inject({ kind: 'hang', path, applied: false });
      const first = saveChange(stage, { option: 'Nobody' });
      await asked(stage);
      const second = await saveChange(stage, { option: 'My contacts', person: stage.bruno });
      await first;
      expect(second.text()).toContain('*Saving…*');
      expect(stage.changes()).toHaveLength(1);
      await killed(bot);
      expect(toldIn(stage, publicChannel)).toEqual([]);

      stage.zapi.clearFaults();
      await using _again = await stage.start();
      await toldNext(stage, 1, publicChannel, patienceMs);
      expect(toldIn(stage, publicChannel).map(({ text }) => text)).toEqual([
        expect.stringMatching(/^Last seen changed: <@U0ANA> .* to Nobody\.$/),
        expect.stringMatching(/^Last seen changed: <@U0BRUNO> .* to My contacts\.$/),
      ]);
      expect(stage.changes().map(({ body }) => body)).toEqual([
        { visualizationType: 'NONE' },
        { visualizationType: 'NONE' },
        { visualizationType: 'CONTACTS' },
      ]);
    }));

  test.concurrent('does not make a change of the list again that was made: it reads the list, and tells it', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using bot = await stage.startReady();
      stage.zapi.inject({ kind: 'hang', path, applied: true });
      const saved = saveChange(stage, { hide: '+55 11 98765-4321' });
      await asked(stage);
      await killed(bot);
      await saved;
      stage.zapi.clearFaults();
      await using _again = await stage.start();
      const message = await auditMessageIn(stage, publicChannel, patienceMs);
      expect(message.text).toMatch(
        /^Last seen changed: <@U0ANA> .* \(hide from 1\)\. Verified: the list was read again and shows it\.$/,
      );
      expect(stage.changes()).toHaveLength(1);
      expect(stage.account.disallowed).toEqual(['5511987654321']);
    }));

  test.concurrent('tells once what was made and not told', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using bot = await stage.startReady();
      stage.slack.inject({ kind: 'http-status', status: 503, method: 'chat.postMessage' });
      const form = await saveChange(stage, { option: 'Nobody' });
      expect(form.isOpen()).toBe(false);
      await killed(bot);
      expect(toldIn(stage, publicChannel)).toEqual([]);
      stage.slack.clearFaults();
      await using again = await stage.start();
      await again.says('change told');
      await terminated(again);
      expect(toldIn(stage, publicChannel)).toHaveLength(1);
      expect(stage.changes()).toHaveLength(1);
    }));

  test.concurrent('does not make what is older than CHANGE_MAX_AGE, and tells that', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      const old = { CHANGE_MAX_AGE: '1 s' };
      await using bot = await stage.startReady(old);
      stage.zapi.inject({ kind: 'hang', path, applied: false });
      const first = saveChange(stage, { option: 'Nobody' });
      await asked(stage);
      // Its answer comes after two seconds, which is long enough.
      await saveChange(stage, { option: 'My contacts', person: stage.bruno });
      await first;
      await killed(bot);
      stage.zapi.clearFaults();
      await using _again = await stage.start(old);
      const expired = await toldNext(stage, 1, publicChannel, patienceMs);
      expect(expired.text).toMatch(
        /^Last seen not changed: <@U0BRUNO> wanted to set .* This change had to wait for too long, and was not made any more\. The setting was not changed\./,
      );
      // Begun before, it may have been made.
      expect(toldIn(stage, publicChannel)[0]?.text).toMatch(
        /^Last seen perhaps not changed: <@U0ANA> .* The bot was stopped while it made this change\. It is not known whether the setting was changed/,
      );
      expect(stage.changes()).toHaveLength(1);
    }));

  test.concurrent('takes another Save of the form whose first one was not answered, and the last one counts', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using bot = await stage.startReady();
      stage.zapi.inject({ kind: 'hang', path, applied: false });
      const form = await openForm(stage);
      await form.choose('Nobody');
      const saved = form.save();
      await asked(stage);
      await killed(bot);
      await saved;
      expect(form.open().notice).toBeDefined();
      stage.zapi.clearFaults();
      await using again = await stage.startReady();
      await form.save();
      expect(form.isOpen()).toBe(false);
      await auditMessageIn(stage, publicChannel, patienceMs);
      await terminated(again);
      const ids = changeIdsIn(toldIn(stage, publicChannel));
      expect([...new Set(ids)]).toEqual(ids);
      expect(stage.account.lastSeen).toBe('NONE');
    }));

  test.concurrent('knows a submission that is delivered again', async () => {
    await using stage = await startStage('http');
    await using bot = await stage.startReady();
    const form = await openForm(stage);
    await form.choose('Nobody');
    const deliver = () => stage.deliver(submissionOf(form, stage.ana.id));
    expect(await deliver()).toBe(200);
    await bot.says('change told');
    await killed(bot);
    await using again = await stage.startReady();
    expect(await deliver()).toBe(200);
    await terminated(again);
    expect(stage.changes()).toHaveLength(1);
    expect(toldIn(stage, publicChannel)).toHaveLength(1);
  });
});

/** What Slack sends when the form as it stands is saved, with one and the same trigger. */
function submissionOf(form: ReturnType<typeof formOf>, userId: string): Record<string, unknown> {
  const { viewId, callbackId, hash, blocks, privateMetadata, values } = form.open();
  return {
    type: 'view_submission',
    team: { id: 'T0TEAM', domain: 'padaria' },
    user: { id: userId, team_id: 'T0TEAM' },
    api_app_id: 'A0',
    trigger_id: '1.2.submitted-once',
    view: {
      id: viewId,
      type: 'modal',
      callback_id: callbackId,
      hash,
      blocks,
      private_metadata: privateMetadata,
      state: { values },
    },
  };
}
