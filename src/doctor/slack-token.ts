import type { Config } from '../config.ts';
import { askSlack, type SlackAnswer } from './ask-slack.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';

/** What manifest.yml asks for; a test compares. */
export const neededScopes = [
  'commands',
  'chat:write',
  'chat:write.public',
  'im:write',
  'users:read',
  'usergroups:read',
];

/** Who the bot is at Slack, and what it was allowed. */
export async function checkSlackToken(config: Config): Promise<Finding[]> {
  const { apiUrl, botToken } = config.slack;
  const answer = await askSlack(apiUrl, 'auth.test', { token: botToken });
  if (answer.kind === 'no-answer') return [outOfReach(answer.why)];
  if (!answer.ok) return [refused(answer.error)];
  const { user, team } = answer.body;
  return [
    ok('slack-token', `Slack knows the bot as ${user}, in the workspace ${team}.`),
    scopes(config, answer),
  ];
}

/** Without Slack nothing of the bot works, so that this is no point that may stay open. */
function outOfReach(why: string): Finding {
  return toDo(
    'slack-token',
    `No proper answer came from Slack (${why}), so that neither the token nor what follows could be checked.`,
    "Check this machine's network, proxy and firewall, then try again; slack-status.com says whether Slack itself is in trouble.",
  );
}

function refused(code: string): Finding {
  return toDo(
    'slack-token',
    `Slack refuses the token in SLACK_BOT_TOKEN (${code}).`,
    'Copy the Bot User OAuth Token again (api.slack.com/apps, your app, OAuth & Permissions), and check that the app is installed in the workspace.',
  );
}

/** https://docs.slack.dev/authentication/installing-with-oauth: what a token may do is in a header of each answer. */
function scopes(config: Config, { headers }: Extract<SlackAnswer, { kind: 'answer' }>): Finding {
  const given = headers.get('x-oauth-scopes')?.split(/[\s,]+/);
  if (!given)
    return notChecked(
      'slack-scopes',
      'Slack did not say which scopes the token has.',
      'Compare them with manifest.yml (api.slack.com/apps, your app, OAuth & Permissions).',
    );
  const needsGroups = config.numbers.some(({ access }) => access.groups.length > 0);
  const needed = neededScopes.filter((scope) => scope !== 'usergroups:read' || needsGroups);
  const missing = needed.filter((scope) => !given.includes(scope));
  if (missing.length > 0)
    return toDo(
      'slack-scopes',
      `The app lacks ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}.`,
      'Paste manifest.yml again (api.slack.com/apps, your app, App Manifest), then install the app again.',
    );
  const more = given.filter((scope) => scope && !neededScopes.includes(scope));
  return ok(
    'slack-scopes',
    `The app has the scopes that it needs${more.length > 0 ? `, and ${more.join(', ')}, which it does not` : ''}.`,
  );
}
