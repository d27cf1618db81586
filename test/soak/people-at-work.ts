import { setTimeout as pause } from 'node:timers/promises';
import type { Message, Person } from '../../fakes/slack/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { fillForm, messageCount, pressUndo, saveForm, type Wish } from '../crash/people.ts';
import type { Random } from '../crash/seeded-random.ts';
import { ana, bruno, carla, publicChannel } from '../world.ts';
import { accounts, type SoakStage } from './soak-stage.ts';

/** Something that a person did, and whether the bot answered it. */
export type Deed = {
  what: string;
  by: string;
  fromMs: number;
  toMs: number;
  isAnswered: boolean;
  why?: string;
};

type Doing = { stage: SoakStage; person: Person; random: Random; fails: (why: unknown) => void };

const labels = accounts.map(({ label }) => label);
/** Few enough that people name the same ones. */
const acquaintances = Array.from({ length: 12 }, (_, index) => `55119${70_000_000 + index}`);
const answerTimeoutMs = 8_000;
/** People take their time. */
const betweenMs = [200, 1_600] as const;

/** Three people do all that can be done, at a steady pace, until the signal; every deed is noted. */
export async function workUntil(stage: SoakStage, random: Random, over: AbortSignal): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const people = [ana, bruno, carla].map(async (id) => {
    const doing = { stage, person: stage.slack.person(id), random: random.named(id) };
    let why = '';
    const fails = (error: unknown) => {
      why = String(error);
    };
    while (!over.aborted) {
      const what = someDeed(doing.random);
      const fromMs = Date.now();
      why = '';
      const isAnswered = await deedsByName[what]({ ...doing, fails });
      deeds.push({ what, by: id, fromMs, toMs: Date.now(), isAnswered, why });
      await pause(doing.random.whole(...betweenMs));
    }
  });
  await Promise.all(people);
  return deeds;
}

const deedsByName = {
  'choice saved': async (doing: Doing) =>
    save(doing, { option: doing.random.oneOf(['Everyone', 'Nobody', 'My contacts']) }),
  'numbers saved': async (doing: Doing) => save(doing, { option: 'My contacts except…', ...numbers(doing) }),
  'one line': (doing: Doing) => oneLine(doing),
  undo: async ({ stage, person }: Doing) => {
    const before = complaintsTo(stage, person);
    await pressUndo(stage, person)?.catch(() => undefined);
    return complaintsTo(stage, person) === before;
  },
  history: async (doing: Doing) => {
    const shown = await askFor(doing, '/lastseen history');
    if (!shown || !buttonsOf(shown).includes('Older')) return shown !== undefined;
    const before = complaintsTo(doing.stage, doing.person);
    await press(doing.person, shown, 'Older');
    return complaintsTo(doing.stage, doing.person) === before;
  },
  status: async (doing: Doing) =>
    (await askFor(doing, `/lastseen status on ${doing.random.oneOf(labels)}`)) !== undefined,
  pickers: (doing: Doing) => search(doing),
};

const weights: Readonly<Record<keyof typeof deedsByName, number>> = {
  'choice saved': 25,
  'numbers saved': 30,
  'one line': 15,
  undo: 10,
  history: 7,
  status: 6,
  pickers: 7,
};

function someDeed(random: Random): keyof typeof deedsByName {
  let left = random.whole(
    1,
    Object.values(weights).reduce((total, weight) => total + weight),
  );
  for (const [name, weight] of Object.entries(weights)) {
    left -= weight;
    if (left <= 0) return name as keyof typeof deedsByName;
  }
  throw new Error('the weights do not add up');
}

async function save({ stage, person, random, fails }: Doing, wish: Wish): Promise<boolean> {
  if (!(await fillForm(stage, person, { ...wish, label: random.oneOf(labels) }, fails))) return false;
  await saveForm(stage, person);
  // Slack's own words, where the bot did not answer.
  return person.modal()?.notice === undefined;
}

function numbers({ random }: Doing): Pick<Wish, 'hide' | 'showAgain'> {
  const hide = random.oneOf(acquaintances);
  const showAgain = random.oneOf(acquaintances.filter((phone) => phone !== hide));
  return random.chance(0.3) ? { hide, showAgain } : random.chance(0.6) ? { hide } : { showAgain };
}

async function oneLine(doing: Doing): Promise<boolean> {
  const { stage, person, random } = doing;
  const words = random.oneOf(['nobody', 'contacts', 'everyone', `except +${random.oneOf(acquaintances)}`]);
  const told = messageCount(stage);
  const answer = await askFor(
    doing,
    `/lastseen ${words} on ${random.oneOf(labels)}`,
    () => messageCount(stage) > told,
  );
  if (answer && buttonsOf(answer).includes('Change it')) {
    const before = complaintsTo(stage, person);
    await press(person, answer, 'Change it');
    return complaintsTo(stage, person) === before;
  }
  return answer !== undefined || messageCount(stage) > told;
}

async function search({ stage, person, random, fails }: Doing): Promise<boolean> {
  const form = await fillForm(
    stage,
    person,
    { option: 'My contacts except…', label: random.oneOf(labels) },
    fails,
  );
  if (!form) return false;
  try {
    await form.shows('Hide from contacts');
    await form.offers('Hide from contacts', `shop ${random.whole(0, 299)}`);
    const isAnswered = person.modal()?.search?.outcome === 'offered';
    await person.closes();
    return isAnswered;
  } catch (error) {
    // The form did not get as far.
    fails(error);
    return false;
  }
}

/** Types a command, and waits for what the person alone is shown; or until something else says that it was answered. */
async function askFor(
  { stage, person }: Doing,
  words: string,
  otherwise: () => boolean = () => false,
): Promise<Message | undefined> {
  const before = shownTo(stage, person).at(-1)?.ts;
  await person.types(publicChannel, words);
  const next = () => shownTo(stage, person).find(({ ts }) => before === undefined || ts > before);
  await stage.slack.until(() => next() ?? otherwise(), words, answerTimeoutMs).catch(() => undefined);
  return next();
}

function shownTo({ slack }: SoakStage, { id }: Person): Message[] {
  return slack.messages(publicChannel).filter(({ visibleTo, via }) => visibleTo === id && via !== 'slackbot');
}

/** How often Slack had to say that the bot did not answer. */
function complaintsTo({ slack }: SoakStage, { id }: Person): number {
  return slack.messages(publicChannel).filter(({ visibleTo, via }) => visibleTo === id && via === 'slackbot')
    .length;
}
