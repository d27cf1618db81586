import type { Message, Person } from '../fakes/slack/types.ts';
import { changeIdsIn, type formOf, openForm, publicChannel, toldIn, type World } from './world.ts';

type Filled = {
  option?: string;
  hide?: string;
  showAgain?: string;
  person?: Person;
  channel?: string;
};

const excepting = 'My contacts except…';

/**
 * Fills in a form and saves it. Numbers to hide from are typed; whoever is named to be shown again is picked from the list,
 * one number a line.
 */
export async function saveChange(
  world: Pick<World, 'slack' | 'ana'>,
  { option = excepting, hide = '', showAgain = '', person = world.ana, channel = publicChannel }: Filled,
) {
  // A form that failed stays open.
  if (person.modal()) await person.closes();
  const form = await openForm(world, { person, channel });
  // What this bot last set is chosen already.
  if (form.chosen() !== option) await form.choose(option);
  if (option === excepting) {
    await form.shows('Hide from');
    if (hide) await form.write('Hide from', hide);
    for (const number of linesOf(showAgain)) await form.pick('Show again to', number);
  }
  await form.save();
  return form;
}

/** The same, and waits until the team was told. */
export async function saveAndTell(
  world: Pick<World, 'slack' | 'ana'>,
  { tellIn, ...filled }: Filled & { tellIn?: string },
): Promise<{ message: Message; id: string }> {
  const channel = tellIn ?? filled.channel ?? publicChannel;
  const before = toldIn(world, channel).length;
  await saveChange(world, filled);
  const message = await toldNext(world, before, channel);
  return { message, id: changeIdsIn([message])[0] ?? '' };
}

/** Waits for the message after so many. */
export function toldNext(
  world: Pick<World, 'slack'>,
  before: number,
  channel = publicChannel,
  timeoutMs = 10_000,
): Promise<Message> {
  return world.slack.until(
    () => toldIn(world, channel)[before],
    `message ${before + 1} in ${channel}`,
    timeoutMs,
  );
}

/** The form closed; or, on a machine so busy that it takes longer than Slack waits, it says that it saves. */
export function expectAccepted(form: ReturnType<typeof formOf>): void {
  if (form.isOpen() && !/\*(?:Saving…|Saved\.)\*/.test(form.text()))
    throw new Error(`the form was not accepted:\n${form.text()}`);
}

function linesOf(text: string): string[] {
  return text.split(/[\n,]/).filter((line) => line.trim() !== '');
}
