import { until } from '../until.ts';
import { ana, bruno } from '../world.ts';
import type { CrashStage, Slot } from './crash-stage.ts';
import { fillForm, messageCount, saveForm, type Wish } from './people.ts';
import type { Passage, Step } from './tollgate.ts';

// Real bots that share one journal and one WhatsApp number: deliveries reach two of them at once, and one is killed in the
// middle of a change.

/** A claim's lease, then the next look for work, then the change itself. */
const settlesWithinMs = 10_000;

const wishes: readonly Wish[] = [
  { option: 'Nobody' },
  { option: 'My contacts except…', hide: '5511980000001' },
  { option: 'My contacts' },
  { option: 'My contacts except…', hide: '5511980000002', showAgain: '5511980000001' },
  { option: 'Everyone' },
];

/** Each submission is delivered twice, then saved twice. Slack takes the bots in turn, so that two of them get it. */
export async function deliverTwice(stage: CrashStage): Promise<void> {
  for (const wish of wishes) {
    stage.slack.inject({ kind: 'duplicate-delivery' });
    await saveAndTell(stage, wish, () => saveForm(stage, stage.slack.person(ana)));
    stage.slack.clearFaults();
    // Long enough for the second one to come while the first is under way.
    stage.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs: 700, times: 1 });
    await saveAndTell(stage, wish, () => saveForm(stage, stage.slack.person(ana), { twice: true }));
  }
}

/** Two people save at once, each at another bot. */
export async function saveSideBySide(stage: CrashStage): Promise<void> {
  for (const [index, wish] of wishes.entries()) {
    const other = wishes[(index + 1) % wishes.length];
    const [first, second] = [stage.slack.person(ana), stage.slack.person(bruno)];
    const before = messageCount(stage);
    if (!other || !(await fillForm(stage, first, wish)) || !(await fillForm(stage, second, other)))
      throw new Error('the form did not open');
    await Promise.all([saveForm(stage, first), saveForm(stage, second)]);
    await stage.slack.until(() => messageCount(stage) >= before + 2, 'both told', 20_000);
    await stage.settled();
  }
}

/** Kills the bot that has the change, at each step. Resolves with how long the others took, at most. */
export async function killTheOneAtWork(stage: CrashStage): Promise<{ slowestMs: number; tooSlow: string[] }> {
  const moments = (['/privacy/last-seen', '/chat.postMessage'] as const).flatMap((path) =>
    (['received', 'taken', 'answered'] as const).map((step) => ({ path, step })),
  );
  const tooSlow: string[] = [];
  let slowestMs = 0;
  for (const [turn, { path, step }] of moments.entries()) {
    const wish = wishes[turn % wishes.length];
    if (!wish) continue;
    const { killed, tookMs } = await killOneAt(stage, wish, path, step);
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > settlesWithinMs) tooSlow.push(`${path} ${step}: ${tookMs} ms`);
    await killed.startReady();
  }
  return { slowestMs, tooSlow };
}

async function killOneAt(
  stage: CrashStage,
  wish: Wish,
  path: string,
  step: Step,
): Promise<{ killed: Slot; tookMs: number }> {
  const person = stage.slack.person(ana);
  if (!(await fillForm(stage, person, wish))) throw new Error('the form did not open');
  const gate = path.startsWith('/chat') ? 'slack' : 'zapi';
  const caught = stage.set({ gate, step, catches: (passage: Passage) => passage.path.endsWith(path) });
  void saveForm(stage, person);
  const killed = await caught;
  const killedAtMs = performance.now();
  await stage.settled();
  return { killed, tookMs: Math.round(performance.now() - killedAtMs) };
}

async function saveAndTell(stage: CrashStage, wish: Wish, save: () => Promise<void>): Promise<void> {
  const before = messageCount(stage);
  if (!(await fillForm(stage, stage.slack.person(ana), wish))) throw new Error('the form did not open');
  await save();
  await until(() => messageCount(stage) > before, 'the change told', 20_000);
  await stage.settled();
}
