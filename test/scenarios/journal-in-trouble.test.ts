import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { quietPort } from '../process.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import { canMount, mountSmall } from '../store/folder.ts';
import { inBothModes, openForm, publicChannel, startWorld, toldIn, type World, whispered } from '../world.ts';

const notRecorded =
  "The bot can't write its journal right now, so it did not take this. Nothing was changed by it. Try again in a minute; if it goes on, tell whoever runs the bot.";
const unreadable =
  "The bot can't read its journal right now. Nothing was changed. Try again in a minute; if it goes on, tell whoever runs the bot.";

async function readiness(world: World): Promise<{ status: number; said: unknown }> {
  const response = await fetch(world.readyUrl);
  return { status: response.status, said: await response.json() };
}

const ready = { status: 200, said: { ok: true, status: 'ready' } };
const notReady = { status: 503, said: { ok: false, status: 'the journal can not be written' } };

function countOf(world: World, event: string): number {
  return world.logs.filter((line) => line.includes(event)).length;
}

/** Asks until the bot says so: whether it is ready is looked at once a second. */
async function readinessBecomes(world: World, wanted: Awaited<ReturnType<typeof readiness>>): Promise<void> {
  const untilMs = Date.now() + 20_000;
  for (;;) {
    const now = await readiness(world);
    if (now.status === wanted.status || Date.now() > untilMs) return expect(now).toEqual(wanted);
  }
}

/** Saves a change that can't be recorded: the person is told so in the form, and nothing is asked of Z-API. */
async function expectNotTaken(world: World) {
  const asked = world.changes().length;
  const form = await saveChange(world, { option: 'Nobody' });
  expect(form.error('Who can see last seen')).toBe(notRecorded);
  expect(world.changes()).toHaveLength(asked);
  return form;
}

// Skipped where this user can't mount a small disk.
const withMounts = canMount() ? test.concurrent : test.skip;

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a journal that can not be written', () => {
  withMounts(
    'because the disk is full: no change is taken, the bot says so everywhere, and it passes by itself',
    () =>
      inBothModes(async (mode) => {
        using disk = mountSmall(1_024);
        await using world = await startWorld({ mode, env: { DATA_DIR: disk.path } });
        await saveAndTell(world, { option: 'Everyone' });
        expect(await readiness(world)).toEqual(ready);
        disk.fill();
        const form = await expectNotTaken(world);
        await readinessBecomes(world, notReady);
        expect(countOf(world, 'the journal can not be written')).toBe(1);
        expect(world.logs.find((line) => line.includes('the journal can not be written'))).toContain('FULL');
        expect(toldIn(world, publicChannel)).toHaveLength(1);
        // What it holds can still be read.
        await world.bruno.types(publicChannel, '/lastseen status');
        expect(
          await world.slack.until(() => whispered(world, world.bruno)[0], 'the status', 10_000),
        ).toContain('*Everyone*, set here by <@U0ANA>, ');

        rmSync(join(disk.path, 'ballast'));
        await readinessBecomes(world, ready);
        await form.save();
        expect(form.isOpen()).toBe(false);
        await toldNext(world, 1);
        expect(world.account.lastSeen).toBe('NONE');
      }),
  );

  withMounts(
    'because the folder is read-only when the bot starts: it answers all the same, and works once it can',
    () =>
      inBothModes(async (mode) => {
        using disk = mountSmall(1_024);
        disk.remount('ro');
        await using world = await startWorld({ mode, env: { DATA_DIR: disk.path } });
        expect(await readiness(world)).toEqual(notReady);
        const form = await expectNotTaken(world);
        for (const words of ['status', 'history', 'history 1m86x8vxwkwq']) {
          const before = whispered(world, world.bruno).length;
          await world.bruno.types(publicChannel, `/lastseen ${words}`);
          expect(await world.slack.until(() => whispered(world, world.bruno)[before], words, 10_000)).toBe(
            unreadable,
          );
        }
        disk.remount('rw');
        await readinessBecomes(world, ready);
        await form.save();
        expect(form.isOpen()).toBe(false);
        await toldNext(world, 0);
      }),
  );

  test.concurrent('because its file was deleted: the person is told, and the next change is taken', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Everyone' });
      // From here on the bot writes nothing by itself.
      await world.logged('change told');
      expect(await readiness(world)).toEqual(ready);
      for (const name of ['lastseen.db', 'lastseen.db-wal', 'lastseen.db-shm']) {
        rmSync(join(world.dataDir, name));
      }
      const form = await expectNotTaken(world);
      await world.logged('the journal can be written', 2);
      expect(world.logs.join('\n')).toContain('the data file is gone');
      await readinessBecomes(world, ready);
      await form.save();
      expect(form.isOpen()).toBe(false);
      await toldNext(world, 1);
      expect(world.account.lastSeen).toBe('NONE');
    }));
});

describe('a second bot on the same data folder', () => {
  test.concurrent('waits until the first has ended, and then takes commands', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      const connections = world.slack.connections();
      const starting = world.startAnother({ HEALTH_PORT: String(await quietPort()) });
      await world.logged('in use by another process');
      expect(world.slack.connections()).toBe(connections);
      await (await openForm(world)).save();
      await toldNext(world, 1);
      await world.bot.stop();
      await starting;
      const form = await openForm(world, { person: world.bruno });
      expect(form.chosen()).toBe('Nobody');
      await form.choose('Everyone');
      await form.save();
      await toldNext(world, 2);
      expect(world.account.lastSeen).toBe('ALL');
    }));
});
