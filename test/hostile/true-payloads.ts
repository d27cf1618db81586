import type { Envelope } from '../../fakes/slack/delivery.ts';
import { press } from '../buttons.ts';
import { saveAndTell } from '../save-change.ts';
import { type Mode, openForm, publicChannel, startWorld, toldIn, type World } from '../world.ts';

/** Whom the list holds, and who is named. Nobody else may ever be hidden from or shown again to. */
export const listed = ['5541966660001', '5551977770002'];
export const typed = ['+55 11 96543-2107', '+55 21 99888-7766', '+55 31 97777-1234'];

/** A world in which Ana may change the number, and nobody else. */
function startHostileWorld(mode: Mode): Promise<World> {
  return startWorld({
    mode,
    hidden: listed,
    contacts: [
      { phone: '5541966660001', name: 'Zoé <!channel>' },
      { phone: '5531988880000', name: 'João' },
    ],
    env: { ALLOWED_USERS: 'U0ANA', CHANGE_MAX_AGE: '1 h' },
  });
}

/** As `await using` would, which hides why it failed where closing fails, too. */
export async function inHostileWorld(mode: Mode, what: (world: World) => Promise<void>): Promise<void> {
  const world = await startHostileWorld(mode);
  try {
    await what(world);
  } catch (error) {
    await world.close().catch(() => undefined);
    throw error;
  }
  await world.close();
}

/** Everything that Slack tells the bot of when Ana tries out all that there is. */
export async function truePayloads(world: World): Promise<Envelope[]> {
  const { ana, bruno, slack, zapi } = world;
  for (const text of ['', ' help', ' status', ' history', ' nonsense', ' nobody']) {
    await ana.types(publicChannel, `/lastseen${text}`);
    await ana.closes().catch(() => undefined);
  }
  await bruno.types(publicChannel, '/lastseen everyone');
  await slack.until(() => toldIn(world, publicChannel)[0], 'the first change told');
  const { message } = await saveAndTell(world, {
    hide: typed.slice(0, 2).join('\n'),
    showAgain: listed[0] ?? '',
  });
  await press(ana, message, 'Undo');
  await slack.until(() => toldIn(world, publicChannel)[2], 'the undo told');
  zapi.inject({ kind: 'success-false', path: '/privacy/last-seen' });
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from contacts');
  await form.write('Hide from', typed[2] ?? '');
  await form.pick('Hide from contacts', 'Jo');
  await form.pick('Show again to', '');
  await form.save();
  await ana.closes().catch(() => undefined);
  const failed = await slack.until(() => toldIn(world, publicChannel)[3], 'the failure told');
  zapi.clearFaults();
  await press(ana, failed, 'Try again');
  await slack.until(() => ana.modal(), 'the form again');
  await ana.closes();
  await ana.types(publicChannel, `/lastseen except ${typed[2]}`);
  await ana.types(publicChannel, '/lastseen everyone');
  const question = await slack.until(
    () => slack.messages(publicChannel).find(({ text }) => text.includes('Nothing was changed yet')),
    'a question',
  );
  await press(ana, question, 'Cancel');
  return slack.deliveries.map((envelope) => structuredClone(envelope));
}
