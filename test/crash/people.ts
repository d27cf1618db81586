import type { FakeSlack, Person } from '../../fakes/slack/types.ts';
import { formOf, publicChannel, saidIn, toldIn } from '../world.ts';
import type { Asked } from './evidence.ts';

/** Where people are at work, and what they noted. */
export type Workplace = { slack: FakeSlack; asked: Asked[] };

/** What somebody wants to be set. */
export type Wish = {
  option: string;
  hide?: string;
  showAgain?: string;
  /** Which number, where there are several: by its label. */
  label?: string;
};

const formTimeoutMs = 3_000;
/** Forms that their person closed without an answer: in Socket Mode Slack waits three seconds for a bot that is gone. */
const givenUp = new WeakMap<Workplace, Set<string>>();

/** Opens a form and fills it in. Undefined where the bot is not there to open it, or to show the fields. */
export async function fillForm(
  stage: Workplace,
  person: Person,
  wish: Wish,
  onFailure: (error: unknown) => void = () => undefined,
) {
  const { slack } = stage;
  const left = person.modal();
  if (left) {
    givenUpIn(stage).add(left.viewId);
    await person.closes();
  }
  await person.types(publicChannel, '/lastseen');
  try {
    await slack.until(() => person.modal(), 'the form', formTimeoutMs);
    const form = formOf(stage, person);
    // It opens with what is everybody's to see, until Slack has said who the person is.
    await slack.until(() => form.text().includes('Now:'), 'the filled form', formTimeoutMs);
    if (wish.label !== undefined) await chooseNumber(form, wish.label);
    await form.choose(wish.option);
    if (wish.hide !== undefined || wish.showAgain !== undefined) {
      await slack.until(() => form.labels().includes('Hide from'), 'the lists', formTimeoutMs);
      if (wish.hide !== undefined) await form.write('Hide from', `+${wish.hide}`);
      if (wish.showAgain !== undefined) await pickIfListed(form, wish.showAgain);
    }
    return form;
  } catch (error) {
    // The bot was killed meanwhile.
    onFailure(error);
    return undefined;
  }
}

async function chooseNumber(form: ReturnType<typeof formOf>, label: string): Promise<void> {
  const option = form.options().find((name) => name.startsWith(label));
  if (!option) throw new Error(`the form does not offer ${label}`);
  await form.choose(option);
  await form.says(`Changes *${label}*`, formTimeoutMs);
}

/** Whoever is not on the list can't be picked. Throws where the bot is not there to say who is. */
async function pickIfListed(form: ReturnType<typeof formOf>, phone: string): Promise<void> {
  const offered = await form.offers('Show again to', phone);
  // It asks again, and the list may be out of reach by then: then nobody is offered.
  if (offered.length > 0) await form.pick('Show again to', phone).catch(() => undefined);
  if (form.open().search?.outcome !== 'offered')
    throw new Error(`the picker was not answered: ${form.open().search?.outcome}`);
}

/** Saves the form that is open, and notes how that was answered. */
export async function saveForm(stage: Workplace, person: Person, how?: { twice: boolean }): Promise<void> {
  const formId = person.modal()?.viewId;
  if (formId === undefined) throw new Error('no form is open');
  const asked: Asked = { formId, answer: 'none' };
  stage.asked.push(asked);
  await person.submits(how);
  if (!givenUpIn(stage).has(formId) && sawItAccepted(person, formId)) asked.answer = 'accepted';
}

function givenUpIn(stage: Workplace): Set<string> {
  const known = givenUp.get(stage) ?? new Set();
  givenUp.set(stage, known);
  return known;
}

/** The form closed, or says that it was taken. */
function sawItAccepted(person: Person, formId: string): boolean {
  const modal = person.modal();
  if (!modal) return true;
  return modal.viewId === formId && /Saving…|Saved\.|[Nn]ot saved\./.test(JSON.stringify(modal.blocks));
}

/** Presses Undo below the newest message. Undefined where it has no such button. */
export function pressUndo({ slack }: Workplace, person: Person): Promise<void> | undefined {
  const message = toldIn({ slack }, publicChannel).at(-1);
  if (!message || !JSON.stringify(message.blocks).includes('undo-change')) return undefined;
  return person.presses({ messageTs: message.ts, channel: publicChannel }, 'undo-change');
}

/** How often the channel was told of changes. */
export function messageCount({ slack }: Workplace): number {
  return toldIn({ slack }, publicChannel).filter((message) => saidIn(message).includes('change `')).length;
}
