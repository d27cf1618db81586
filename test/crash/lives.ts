import { ana, instanceId } from '../world.ts';
import type { CrashStage } from './crash-stage.ts';
import { fillForm, messageCount, pressUndo, saveForm, type Wish } from './people.ts';

/**
 * A change that a person makes. `ready` is called when only the last click is missing; what is returned ends when the
 * click is answered, or Slack gave up waiting.
 */
export type Life = {
  name: string;
  /** What has to be so before, made in good order. */
  prepare(stage: CrashStage, turn: number): Promise<void>;
  act(
    stage: CrashStage,
    turn: number,
    ready: () => Promise<unknown>,
  ): Promise<{ answered: Promise<unknown> }>;
};

const options = [
  ['ALL', 'Everyone'],
  ['NONE', 'Nobody'],
  ['CONTACTS', 'My contacts'],
] as const;

/** Not what is set now: there would be nothing to undo. */
function anotherVisibility({ zapi }: CrashStage, turn: number): Wish {
  const others = options.filter(([visibility]) => visibility !== zapi.account(instanceId).lastSeen);
  return { option: others[turn % others.length]?.[1] ?? '' };
}

let named = 0;

/** Somebody who was named in no life before. */
function hidingSomebodyNew(): Wish {
  named += 1;
  return { option: 'My contacts except…', hide: `55119${80_000_000 + named}` };
}

async function save(stage: CrashStage, wish: Wish, ready: () => Promise<unknown> = async () => undefined) {
  const person = stage.slack.person(ana);
  const form = await fillForm(stage, person, wish);
  if (!form) throw new Error('the form did not open');
  if (wish.showAgain !== undefined && form.picked('Show again to').length === 0)
    throw new Error('the form does not offer who is on the list');
  // What the form itself reads is not part of the life.
  await stage.slack.until(() => !form.text().includes('Reading who is on the list'), 'the list in the form');
  await ready();
  return { answered: saveForm(stage, person) };
}

async function saveAndTell(stage: CrashStage, wish: Wish): Promise<void> {
  const before = messageCount(stage);
  const { answered } = await save(stage, wish);
  await answered;
  await stage.slack.until(() => messageCount(stage) > before, 'the change told', 20_000);
  await stage.settled();
}

export const lives: readonly Life[] = [
  {
    name: 'visibility',
    prepare: async () => undefined,
    act: (stage, turn, ready) => save(stage, anotherVisibility(stage, turn), ready),
  },
  {
    name: 'list',
    prepare: async () => undefined,
    act: (stage, turn, ready) => {
      const previous = stage.zapi.account(instanceId).disallowed.at(-1);
      return save(
        stage,
        { ...hidingSomebodyNew(), ...(previous && turn % 2 === 1 && { showAgain: previous }) },
        ready,
      );
    },
  },
  {
    name: 'undo',
    async prepare(stage, turn) {
      // Twice: what is undone goes back to something that this bot set.
      if (turn === 1) await saveAndTell(stage, hidingSomebodyNew());
      await saveAndTell(stage, turn % 2 === 0 ? anotherVisibility(stage, turn) : hidingSomebodyNew());
    },
    async act(stage, _turn, ready) {
      await ready();
      const pressed = pressUndo(stage, stage.slack.person(ana));
      if (!pressed) throw new Error('the last change can not be undone');
      return { answered: pressed };
    },
  },
];

export function lifeNamed(name: string): Life {
  const life = lives.find((known) => known.name === name);
  if (!life) throw new Error(`no life ${name}`);
  return life;
}
