import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../fakes/slack/types.ts';
import { ana, bruno, carla } from '../world.ts';
import type { CrashStage } from './crash-stage.ts';
import { fillForm, pressUndo, saveForm, type Wish } from './people.ts';
import type { Random } from './seeded-random.ts';

// Several people make changes without end, while the bot is killed at random times.

/** Few enough that people name the same ones. */
const acquaintances = Array.from({ length: 8 }, (_, index) => `55119${70_000_000 + index}`);
const longestLifeMs = 1_500;

/** Kills so many times. Resolves when what was promised is done. */
export async function killAtRandom(
  stage: CrashStage,
  { kills, random }: { kills: number; random: Random },
): Promise<void> {
  const [slot] = stage.slots;
  if (!slot) throw new Error('a stage without a bot');
  const over = new AbortController();
  const people = [ana, bruno, carla].map((id) =>
    keepWishing(stage, stage.slack.person(id), { random: random.named(id), over: over.signal }),
  );
  for (let count = 0; count < kills; count += 1) {
    // Now and then it does not even get to be ready.
    if (random.chance(0.15)) await slot.start();
    else await slot.startReady();
    redeliverSome(stage, random);
    // A random time to live, on purpose.
    await pause(random.whole(0, longestLifeMs));
    await slot.kill();
  }
  await slot.startReady();
  over.abort();
  await Promise.all(people);
  await stage.settled();
}

async function keepWishing(
  stage: CrashStage,
  person: Person,
  { random, over }: { random: Random; over: AbortSignal },
): Promise<void> {
  while (!over.aborted) {
    if (random.chance(0.15)) await pressUndo(stage, person)?.catch(() => undefined);
    else if (await fillForm(stage, person, someWish(random))) await saveForm(stage, person);
    // People are not faster, and without a bot there is nothing to wait for.
    await pause(random.whole(0, 100));
  }
}

let named = 0;

function someWish(random: Random): Wish {
  if (random.chance(0.4)) return { option: random.oneOf(['Everyone', 'Nobody', 'My contacts']) };
  named += 1;
  const hide = random.chance(0.5) ? random.oneOf(acquaintances) : `55119${60_000_000 + named}`;
  const showAgain = random.oneOf(acquaintances.filter((phone) => phone !== hide));
  return {
    option: 'My contacts except…',
    ...(random.chance(0.7) ? { hide } : { showAgain }),
    ...(random.chance(0.3) && { hide, showAgain }),
  };
}

/** Slack may deliver a submission again, to the process that runs now. */
function redeliverSome(stage: CrashStage, random: Random): void {
  const wishes = stage.passages('delivery').filter(({ body }) => /view_submission|undo-change/.test(body));
  if (wishes.length === 0) return;
  stage.redeliver(random.oneOf(wishes.slice(-4))).catch(() => undefined);
}
