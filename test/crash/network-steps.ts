import { until } from '../until.ts';
import { ana, publicChannel } from '../world.ts';
import type { CrashStage, Trap } from './crash-stage.ts';
import { lifeNamed, lives } from './lives.ts';
import type { Passage, Step } from './tollgate.ts';

// Kills from outside, when a request of the bot has arrived somewhere, was taken there, or has just been answered.

const steps: readonly Step[] = ['received', 'taken', 'answered'];

type Moment = { life: string; gate: Trap['gate']; step: Step; path: string };

const ofEveryStep: readonly Omit<Moment, 'step'>[] = [
  { life: 'list', gate: 'zapi', path: '/privacy/disallowed-contacts' },
  { life: 'visibility', gate: 'zapi', path: '/privacy/last-seen' },
  { life: 'list', gate: 'zapi', path: '/privacy/last-seen' },
  { life: 'undo', gate: 'zapi', path: '/privacy/last-seen' },
  { life: 'visibility', gate: 'slack', path: '/api/chat.postMessage' },
  { life: 'undo', gate: 'slack', path: '/api/chat.postMessage' },
];

function momentsOf({ mode }: CrashStage): Moment[] {
  const requests = ofEveryStep.flatMap((moment) => steps.map((step) => ({ ...moment, step })));
  // Before `taken` the bot has not even seen it.
  const acks = (['taken', 'answered'] as const).flatMap((step) =>
    ['visibility', 'list', 'undo'].map((life) => ({
      life,
      gate: 'delivery' as const,
      step,
      path: '/slack/events',
    })),
  );
  return mode === 'http' ? [...requests, ...acks] : requests;
}

/** Kills the bot once at each moment of a life that can be seen from outside. */
export async function killAtEveryRequest(stage: CrashStage): Promise<void> {
  const [slot] = stage.slots;
  if (!slot) throw new Error('a stage without a bot');
  for (const step of steps) await killWhileOpening(stage, step);
  for (const [turn, { life: name, path, ...where }] of momentsOf(stage).entries()) {
    await restart(stage);
    const life = lifeNamed(name);
    // A first turn makes what an undo needs.
    await life.prepare(stage, turn + 1);
    let caught: Promise<unknown> | undefined;
    await life.act(stage, turn, async () => {
      caught = stage.set({
        ...where,
        catches: (passage) => passage.path.split('?')[0]?.endsWith(path) === true,
      });
    });
    await inTime(caught, `${name} ${path} ${where.step}`);
  }
  if (stage.mode === 'socket') await killAtTheAck(stage);
  await restart(stage);
}

async function killWhileOpening(stage: CrashStage, step: Step): Promise<void> {
  await restart(stage);
  const caught = stage.set({ gate: 'slack', step, catches: ({ path }) => path.endsWith('/views.open') });
  void stage.slack.person(ana).types(publicChannel, '/lastseen');
  await inTime(caught, `views.open ${step}`);
}

/** In Socket Mode the ack goes past the gates: it has arrived when the click has ended. */
async function killAtTheAck(stage: CrashStage): Promise<void> {
  for (const life of lives) {
    await restart(stage);
    await life.prepare(stage, 1);
    const { answered } = await life.act(stage, 1, async () => undefined);
    await answered;
    await stage.slots[0]?.kill();
  }
}

async function restart(stage: CrashStage): Promise<void> {
  await stage.slots[0]?.startReady();
  const last = stage.passages('delivery').findLast(isWish);
  if (last) await stage.redeliver(last);
  await stage.settled();
}

function isWish({ body }: Passage): boolean {
  return /view_submission|undo-change/.test(body);
}

async function inTime(caught: Promise<unknown> | undefined, what: string): Promise<void> {
  let isCaught = false;
  void caught?.then(() => {
    isCaught = true;
  });
  await until(() => isCaught, what, 15_000);
}
