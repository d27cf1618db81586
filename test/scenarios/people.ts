import type { Person, UserKind } from '../../fakes/slack/types.ts';
import { openJournalReader } from '../../src/store/journal-reader.ts';
import { formOf, publicChannel, type World } from '../world.ts';

/** An administrator of Slack makes somebody something else. */
export function become({ slack }: Pick<World, 'slack'>, { id }: Person, kind: UserKind): void {
  const user = slack.users.find((known) => known.id === id);
  if (!user) throw new Error(`nobody is ${id}`);
  user.kind = kind;
}

/** Who was refused what, and why, as the journal has it: `U0ANA save guest`. Stops the bot, which records to the end. */
export async function refusalsIn(world: World): Promise<string[]> {
  await world.stopped();
  const reader = await openJournalReader({ dataDir: world.dataDir });
  const refusals: string[] = [];
  for await (const portion of reader.refusals())
    refusals.push(...portion.map(({ by, tried, why }) => `${by} ${tried} ${why}`));
  await reader.close();
  return refusals;
}

/** What Z-API was asked for while somebody did something; the bot reads its own number and contacts by itself. */
export async function askedMeanwhile({ zapi }: World, done: () => Promise<unknown>): Promise<string[]> {
  const before = zapi.requests.length;
  await done();
  return zapi.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
}

/** Calls of Slack that say who somebody is. */
export function lookUpsOf({ slack }: Pick<World, 'slack'>): string[] {
  return slack.calls
    .map(({ method }) => method)
    .filter((method) => method === 'users.info' || method.startsWith('usergroups.'));
}

/** Types the command where Slack may offer none to the person, and waits for the form, whatever it says. */
export async function forceOpen({ slack }: Pick<World, 'slack'>, person: Person, channel = publicChannel) {
  await person.types(channel, '/lastseen', { force: true });
  await slack.until(() => person.modal(), 'the form', 10_000);
  return formOf({ slack }, person);
}

/** Starts the bot anew, with some variables changed: it remembers nobody. Waits until it has read what it reads at start. */
export async function restarted(world: World, changed?: Record<string, string>): Promise<void> {
  await world.stopped();
  const before = world.zapi.requests.length;
  await world.startAnother(changed);
  const isRead = (call: string, reply?: string) =>
    world.zapi.requests
      .slice(before)
      .some((asked) => asked.path.includes(call) && asked.status && (!reply || asked.reply === reply));
  // The last page of contacts is an empty one.
  await world.zapi.until(
    () => isRead('/device') && isRead('/contacts', '[]'),
    'what is read at start',
    10_000,
  );
}
