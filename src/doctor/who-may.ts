import type { Config } from '../config.ts';
import { type Finding, ok } from './finding.ts';

const name = 'who-may';

/** Who may change each number, as the variables have it: a rule that was meant and is not read shows here. */
export async function checkWhoMay({ numbers }: Config): Promise<Finding[]> {
  return numbers.map(({ name: number, access: { users, groups, channels } }) => {
    const people = [counted(users, 'person', 'people'), counted(groups, 'user group', 'user groups')]
      .filter(Boolean)
      .join(' and ');
    const who =
      people === '' ? 'Every full member of the workspace' : `Only ${people} named in the variables`;
    const where = channels.length > 0 ? `, in ${counted(channels, 'channel', 'channels')}` : '';
    const which = numbers.length > 1 ? `the number ${number}` : 'the number';
    return ok(name, `${who} may change ${which}${where}.`);
  });
}

function counted(ids: readonly string[], one: string, many: string): string {
  return ids.length === 0 ? '' : `${ids.length} ${ids.length === 1 ? one : many}`;
}
