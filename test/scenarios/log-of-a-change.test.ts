import { expect, test } from '@jest/globals';
import { saveAndTell } from '../save-change.ts';
import { modes, startWorld, type World } from '../world.ts';

type Line = { change?: string; msg: string } & Record<string, unknown>;

function linesOf(world: World): Line[] {
  return world.logs.map((line) => JSON.parse(line) as Line);
}

test.each(modes)(
  'each line about a change has its id, from the first to the last, in %s mode',
  async (mode) => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen', times: 1 });
    const refused = await saveAndTell(world, { option: 'Nobody' });
    world.slack.inject({ kind: 'api-error', error: 'not_in_channel', method: 'chat.postMessage', times: 1 });
    const made = await saveAndTell(world, { option: 'My contacts' });
    await world.logged('change told', 2);
    const lines = linesOf(world);
    const eventsOf = (id: string) => lines.filter(({ change }) => change === id).map(({ msg }) => msg);
    expect(eventsOf(refused.id)).toEqual([
      'change accepted',
      'change claimed',
      'gateway failed',
      'change ended',
      'change told',
    ]);
    expect(eventsOf(made.id)).toEqual([
      'change accepted',
      'change claimed',
      'change ended',
      'could not tell this way',
      'change told',
    ]);
    expect(lines.filter(({ msg, change }) => msg.startsWith('change ') && !change)).toEqual([]);
  },
);
