import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BotProcess } from '../process.ts';
import { until } from '../until.ts';
import type { CrashStage, Slot } from './crash-stage.ts';
import type { Life } from './lives.ts';
import { messageCount } from './people.ts';

// Kills at every statement that writes into SQLite, one after another.

export type Side = 'before' | 'after';
export const sides: readonly Side[] = ['before', 'after'];

/** More than a life or a recovery has. */
const mostWrites = 60;
/** Recorded in a transaction, claimed, ended, claimed, told: fewer, and the end of another life was taken for this one's. */
const leastWrites = 6;
const preload = pathToFileURL(join(import.meta.dirname, 'kill-at.ts')).href;

function killing(at: number, side: Side, countsFrom: 'start' | 'signal'): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${preload} --disable-warning=ExperimentalWarning`,
    KILL_AT: String(at),
    KILL_SIDE: side,
    KILL_COUNTS_FROM: countsFrom,
  };
}

async function beginCounting(bot: BotProcess): Promise<void> {
  bot.kill('SIGUSR2');
  await bot.says('counting writes');
}

/** Lives one life again and again, and kills the bot at its first write, its second, … until one passes. Resolves with their number. */
export async function killAtEveryWrite(stage: CrashStage, life: Life, side: Side): Promise<number> {
  const slot = onlySlotOf(stage);
  for (let at = 1; at <= mostWrites; at += 1) {
    await slot.startReady(killing(at, side, 'signal'));
    await recovered(stage);
    if (await isKilledIn(stage, slot, { life, turn: at })) continue;
    if (at <= leastWrites) throw new Error(`${life.name} passed with ${at - 1} writes`);
    return at - 1;
  }
  throw new Error('a life has too many writes');
}

/**
 * Kills the bot at one write of a life, and then again and again while it recovers: at the first write after its start,
 * the second, … until one recovery passes. Resolves with the number of kills in a recovery.
 */
export async function killEveryRecovery(
  stage: CrashStage,
  { life, turn, firstAt, side }: { life: Life; turn: number; firstAt: number; side: Side },
): Promise<number> {
  const slot = onlySlotOf(stage);
  await slot.startReady(killing(firstAt, side, 'signal'));
  await recovered(stage);
  if (!(await isKilledIn(stage, slot, { life, turn })))
    throw new Error(`${life.name} has no write ${firstAt}`);
  for (let at = 1; at <= mostWrites; at += 1) {
    const bot = await slot.start(killing(at, side, 'start'));
    if (!(await isKilledBefore(bot, async () => bot.stdout().includes('"ready"') && isTold(stage))))
      return at - 1;
  }
  throw new Error('a recovery has too many writes');
}

async function isKilledIn(
  stage: CrashStage,
  slot: Slot,
  { life, turn }: { life: Life; turn: number },
): Promise<boolean> {
  await life.prepare(stage, turn);
  const before = messageCount(stage);
  const bot = slot.bot();
  const { answered } = await life.act(stage, turn, () => beginCounting(bot));
  const killed = await isKilledBefore(bot, async () => messageCount(stage) > before && isTold(stage));
  // In Socket Mode Slack waits three seconds for a bot that is gone.
  void answered;
  return killed;
}

async function isKilledBefore(bot: BotProcess, isOver: () => Promise<boolean>): Promise<boolean> {
  let isGone = false;
  void bot.exited.then(() => {
    isGone = true;
  });
  await until(async () => isGone || (await isOver()), 'a kill, or the end of a life', 30_000);
  return isGone;
}

/** A bot that is started after a kill does what is left; a delivery that comes again then changes nothing. */
async function recovered(stage: CrashStage): Promise<void> {
  const last = stage.passages('delivery').findLast(({ body }) => /view_submission|undo-change/.test(body));
  if (last) await stage.redeliver(last);
  await stage.settled();
}

async function isTold(stage: CrashStage): Promise<boolean> {
  return (await stage.journal()).every(({ told }) => told);
}

function onlySlotOf({ slots }: CrashStage): Slot {
  const [slot] = slots;
  if (!slot) throw new Error('a stage without a bot');
  return slot;
}
