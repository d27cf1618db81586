import type { Config } from '../config.ts';
import { askSlack, slackDidNotAnswer } from './ask-slack.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';

/** Whether Slack says who is in the user groups whose members may change something. */
export async function checkUserGroups(config: Config): Promise<Finding[]> {
  const groups = [...new Set(config.numbers.flatMap(({ access }) => access.groups))];
  return Promise.all(groups.map((group) => checkGroup(config, group)));
}

async function checkGroup({ slack }: Config, group: string): Promise<Finding> {
  const name = `user-group-${group}`;
  const answer = await askSlack(slack.apiUrl, 'usergroups.users.list', {
    token: slack.botToken,
    fields: { usergroup: group },
  });
  if (answer.kind === 'no-answer') return slackDidNotAnswer(name, answer.why);
  const { users } = answer.body;
  if (answer.ok && Array.isArray(users))
    return users.length > 0
      ? ok(name, `The group ${group} has ${users.length === 1 ? 'one person' : `${users.length} people`}.`)
      : toDo(name, `The group ${group} has nobody in it.`, 'Add people to it in Slack, or name another one.');
  if (answer.error === 'missing_scope')
    return toDo(
      name,
      'The app may not read user groups.',
      'Give it the scope usergroups:read, as manifest.yml has it, then install the app again.',
    );
  if (answer.error === 'no_such_subteam')
    return toDo(
      name,
      `Slack has no group ${group}, or it is disabled, so that nobody may by it.`,
      'Compare the id in ALLOWED_USERGROUPS with the group (its address under People, User groups).',
    );
  return notChecked(name, `Slack did not say who is in the group ${group} (${answer.error || 'no list'}).`);
}
